/** Pictures of a person's that a run looks at: the last few, so that a walk does not decode them at every step. */
import type { RunConfig } from '../contract/index.ts';
import { onePicture } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';

const KEPT = 4;

export class OwnPictures {
  private readonly decoders: Decoders;
  private readonly known = new Map<string, Float32Array>();

  constructor(decoders: Decoders) {
    this.decoders = decoders;
  }

  /** The picture as the run's networks see it. Throws StudioError `picture-unusable`. */
  async get(file: string, config: RunConfig): Promise<Float32Array> {
    return this.known.get(keyOf(file, config)) ?? this.read(file, config);
  }

  /** The same, as the file is now. */
  async read(file: string, config: RunConfig): Promise<Float32Array> {
    const { decoders } = this;
    const image = await onePicture(file, { options: config.dataset.options, decoders });
    const key = keyOf(file, config);
    this.known.delete(key);
    this.known.set(key, image);
    for (const oldest of [...this.known.keys()].slice(0, -KEPT)) this.known.delete(oldest);
    return image;
  }
}

const keyOf = (file: string, { dataset: { options } }: RunConfig): string => JSON.stringify([file, options]);
