/** Commands about the latent space of the run in the trainer. */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import { imageBatchSchema } from './dataset.ts';

/**
 * An end of a walk: the latent point that a seed names, that of the image at a place of the run's sample grids,
 * or the one that the run's encoder finds for a picture, a file that the person chose or dropped.
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
  /**
   * Place among the run's classes of the one to make images of, where the GAN is told one; the first by default.
   */
  class: z.number().int().min(0).optional(),
  /** Positions on the way, 0 at `from` and 1 at `to`; one image each. */
  positions: z.array(z.number().min(0).max(1)).min(1).max(16),
});
export type Interpolation = z.infer<typeof interpolationSchema>;

export const LATENT_COMMANDS = {
  /**
   * The numbers of a latent point, and the class that goes with it where the GAN is told one; null for a place of
   * a sample grid that shows no generated image.
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
  /** A picture as the run's networks see it, and its rebuilding, for a run that rebuilds: two images. */
  'latent.rebuild': {
    host: 'trainer',
    input: z.object({ picture: z.string().min(1) }),
    output: imageBatchSchema,
  },
} as const;
