/** Commands about the latent space of the run in the trainer. */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import { imageBatchSchema } from './dataset.ts';

/**
 * An end of a walk: the latent point that a seed names, that of a sample by its index in the run's sample
 * grids, or the one that the run's encoder finds for a picture file that the person chose or dropped.
 */
const walkEndSchema = z.union([
  z.object({ seed: z.number().int().min(0).max(0xffffffff) }),
  z.object({ sample: z.number().int().min(0) }),
  z.object({ picture: z.string().min(1) }),
]);
export type WalkEnd = z.infer<typeof walkEndSchema>;

const interpolationSchema = z.object({
  from: walkEndSchema,
  to: walkEndSchema,
  walk: z.enum(['linear', 'spherical']),
  /** Number of the class to make images of, from 0, for a GAN that takes classes; the first by default. */
  class: z.number().int().min(0).optional(),
  /** Positions on the way, 0 at `from` and 1 at `to`; one image each. */
  positions: z.array(z.number().min(0).max(1)).min(1).max(16),
});
export type Interpolation = z.infer<typeof interpolationSchema>;

export const LATENT_COMMANDS = {
  /**
   * The numbers of a latent point, and its class if the GAN takes classes; null for a cell of a sample grid
   * that shows no generated image.
   */
  'latent.point': {
    host: 'trainer',
    input: z.object({ end: walkEndSchema }),
    output: z.object({ z: z.instanceof(Float32Array), class: z.number().int().optional() }).nullable(),
  },
  'latent.interpolate': { host: 'trainer', input: interpolationSchema, output: imageBatchSchema },
  /** Asks for a picture in a dialog; null when the person cancels. */
  'latent.choosePicture': {
    host: 'studio',
    input: nothing,
    output: z.object({ path: z.string().nullable() }),
  },
  /**
   * Two images: a picture as the run's networks see it, and as they rebuild it. Needs a GAN with the use
   * `rebuild`.
   */
  'latent.rebuild': {
    host: 'trainer',
    input: z.object({ picture: z.string().min(1) }),
    output: imageBatchSchema,
  },
} as const;
