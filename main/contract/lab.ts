/**
 * The 2-D lab: a GAN on points of the plane, which takes steps as the page asks for frames. Points are [x, y]
 * pairs in [-1, 1], y upwards.
 */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import { runConfigSchema } from './run-config.ts';

/** The most steps from one frame to the next. */
export const MOST_LAB_STEPS = 100;

export const labFrameRequestSchema = z.object({
  steps: z.number().int().min(0).max(MOST_LAB_STEPS),
  /** The one phase to play, by its name, due or not; if absent, the phases that are due by the config. */
  turn: z.string().optional(),
});
export type LabFrameRequest = z.infer<typeof labFrameRequestSchema>;

export const labFactsSchema = z.object({
  /** Steps taken. */
  step: z.number().int(),
  /** The distance from the origin to the edges of the plane, at -1 and 1, in the points' own units. */
  extent: z.number(),
  /**
   * What did not fit the changed settings and began anew: nothing, the optimiser's memory, or some weights as
   * well.
   */
  anew: z.enum(['nothing', 'optimizer', 'weights']),
});
export type LabFacts = z.infer<typeof labFactsSchema>;

/** D's output at the middle of each cell of a square grid, row by row from the upper left. */
const heatSchema = z.object({
  shown: z.literal(true),
  side: z.number().int(),
  values: z.instanceof(Float32Array),
  /** probability: that a point is real. logit: a number that is no probability. */
  of: z.enum(['probability', 'logit']),
  /**
   * The values for a point that is certainly real, and for one that is certainly fake; halfway means neither.
   */
  real: z.number(),
  fake: z.number(),
});
export type LabHeat = z.infer<typeof heatSchema>;

export const labFrameSchema = z.object({
  step: z.number().int(),
  /** The same points in every frame. */
  real: z.instanceof(Float32Array),
  /** Of the same latent points in every frame. */
  fakes: z.instanceof(Float32Array),
  /** Of what G minimises, with respect to each fake; moving against its gradient would lower it. */
  gradients: z.instanceof(Float32Array),
  /** `reason`: why D has no output for a single point of the plane. */
  heat: z.discriminatedUnion('shown', [
    heatSchema,
    z.object({ shown: z.literal(false), reason: z.string() }),
  ]),
  /**
   * What G makes of an even mesh over the first two numbers of z, the others held at 0: row by row, or one
   * row if z has one number.
   */
  manifold: z.object({
    points: z.instanceof(Float32Array),
    columns: z.number().int(),
    rows: z.number().int(),
  }),
  /** Of the steps that were taken for this frame. */
  losses: z.array(z.object({ step: z.number().int(), losses: z.record(z.string(), z.number()) })),
  /** Energy distance of fakes to real points; computed every few steps. */
  distance: z.number().optional(),
});
export type LabFrame = z.infer<typeof labFrameSchema>;

/** The commands of the lab. */
export const LAB_COMMANDS = {
  /** Makes the 2-D lab anew, at step 0, on the points of the plane that the config names. */
  'lab.open': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /**
   * Changes its settings while it runs; what still fits is kept. Settings that are refused change nothing.
   */
  'lab.configure': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /** Takes steps, and answers what there is to see after them. */
  'lab.frame': { host: 'trainer', input: labFrameRequestSchema, output: labFrameSchema },
  'lab.close': { host: 'trainer', input: nothing, output: nothing },
} as const;
