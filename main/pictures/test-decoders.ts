/** Decoders for tests of other folders: the same decoding, in the test's own process. */
import type { Decoders, WhyLeftOut } from '../decoding/index.ts';
import { preparePicture } from './prepare-picture.ts';
import { decodePlain } from './serve.ts';
import { Unusable } from './unusable.ts';
import { viewPicture } from './view-picture.ts';

async function orWhy<Result>(work: () => Promise<Result>): Promise<Result | WhyLeftOut> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { reason: error.reason, detail: error.message };
  }
}

export const testDecoders: Decoders = {
  count: 2,
  tally: { deadlines: 0, aborts: 0, memory: 0 },
  prepare: ({ path, part, options }) =>
    orWhy(() => preparePicture({ path, part, options, ask: async () => undefined })),
  pixels: (file) => orWhy(async () => decodePlain(file)),
  view: ({ path, part, most, background = '#ffffff' }) =>
    orWhy(() => viewPicture({ path, part, most, background, ask: async () => undefined })),
  close: () => undefined,
};
