/** Prepares a single picture that a person chose, as the networks of a run see it. */
import { StudioError, type DatasetOptions } from '../contract/index.ts';
import type { Decoders, WhyLeftOut } from '../decoding/index.ts';
import { imageWriters } from './levels.ts';

/**
 * The picture as [size, size, channels] in [-1, 1], prepared like the pictures of a data set with these
 * options. Throws StudioError `picture-unusable`, and what decoders reject with.
 */
export async function onePicture(
  file: string,
  { options, decoders }: { options: DatasetOptions; decoders: Decoders },
): Promise<Float32Array> {
  const outcome = await decoders.prepare({ path: Buffer.from(file), options });
  if ('reason' in outcome) throw pictureUnusable(file, outcome);
  const bytes = new Uint8Array(outcome.pixels);
  const numbers = new Float32Array(bytes.length);
  const { straight } = imageWriters(options.size, options.colour === 'grey' ? 1 : 3);
  straight(new Uint32Array(bytes.buffer), numbers);
  return numbers;
}

/** The error that says why this picture cannot be used. */
export function pictureUnusable(file: string, { detail }: WhyLeftOut): StudioError {
  return new StudioError({
    code: 'picture-unusable',
    message: `${file} cannot be used: ${detail.replace(/\.?$/, '.')}`,
    remedy: 'Choose another picture.',
  });
}
