/**
 * Reads a person's own pictures for a run, and remembers the last few, so that a walk does not decode them
 * again and again.
 */
import fs from 'node:fs/promises';
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

  /** The picture as the run's networks see it, as the file is now. Throws StudioError `picture-unusable`. */
  async get(file: string, { dataset: { options } }: RunConfig): Promise<Float32Array> {
    const found = await fs.stat(file).catch(() => undefined);
    const key = JSON.stringify([file, found?.mtimeMs, found?.size, options]);
    const known = this.known.get(key);
    if (known) return known;
    const image = await onePicture(file, { options, decoders: this.decoders });
    this.known.set(key, image);
    for (const oldest of [...this.known.keys()].slice(0, -KEPT)) this.known.delete(oldest);
    return image;
  }
}
