/** `encode`: finds the latent points of pictures with a run's encoder. */
import path from 'node:path';
import { StudioError, type RunConfig } from '../contract/index.ts';
import { onePicture } from '../datasets/index.ts';
import { encode, rebuild, useOf } from '../explore/index.ts';
import type { WhichCheckpoint } from '../contract/index.ts';
import { withModel } from '../training/index.ts';
import { withDecoders } from './default-decoders.ts';

export type Encoded = {
  picture: string;
  /** Its latent point: the numbers of each part of the latent space, one after the other. */
  point: number[];
  /**
   * The mean squared difference of the picture and its rebuilding, pixels in [-1, 1]; if the model can
   * rebuild.
   */
  error?: number;
};

/**
 * One result for each picture. Throws StudioError `cannot` for a run without an encoder, or
 * `picture-unusable`.
 */
export function encodeCommand({
  run,
  checkpoint,
  pictures,
}: {
  run: string;
  /** Default: the newest. */
  checkpoint?: WhichCheckpoint | undefined;
  pictures: string[];
}): Promise<Encoded[]> {
  return withModel({ folder: path.resolve(run), checkpoint }, async ({ run: { config }, model }) => {
    if (!useOf(model, 'encode')) throw noEncoder(config);
    return withDecoders(async (decoders) => {
      const encoded: Encoded[] = [];
      for (const picture of pictures) {
        const { options } = config.dataset;
        const image = await onePicture(path.resolve(picture), { options, decoders });
        encoded.push({
          picture,
          point: Array.from(encode(model, image)),
          ...(useOf(model, 'rebuild') && { error: distance(image, rebuild(model, image)) }),
        });
      }
      return encoded;
    });
  });
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0) / a.length;
}

function noEncoder({ name, gan }: RunConfig): StudioError {
  return new StudioError({
    code: 'cannot',
    message: `The run "${name}" has no encoder: its GAN is ${gan.kind}.`,
    remedy: 'Train a GAN with an encoder, such as bigan.',
  });
}
