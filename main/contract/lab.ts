/**
 * The 2-D lab: a GAN on points of the plane, trained as fast as it is looked at. Points are [x, y] pairs in
 * [-1, 1], y upwards.
 */
import { z } from 'zod';
import { nothing } from './command-inputs.ts';
import { runConfigSchema } from './run-config.ts';

/** Most steps between two looks. */
export const MOST_LAB_STEPS = 100;

export const labFrameRequestSchema = z.object({
  steps: z.number().int().min(0).max(MOST_LAB_STEPS),
  /** A phase by its name, due or not; those that are due by the config where it is left out. */
  turn: z.string().optional(),
});
export type LabFrameRequest = z.infer<typeof labFrameRequestSchema>;

export const labFactsSchema = z.object({
  /** Steps taken. */
  step: z.number().int(),
  /** In the points' own measure, where the plane ends: its edges are at -1 and 1. */
  extent: z.number(),
  /**
   * What did not fit the changed settings: nothing, the optimiser's memory, or some weights too, which began
   * anew.
   */
  anew: z.enum(['nothing', 'optimizer', 'weights']),
});
export type LabFacts = z.infer<typeof labFactsSchema>;

/** What D answers at the middle of each cell of a square grid, row by row from the upper left. */
const heatSchema = z.object({
  shown: z.literal(true),
  side: z.number().int(),
  values: z.instanceof(Float32Array),
  /** probability: that a point is real. logit: a number that is no probability. */
  of: z.enum(['probability', 'logit']),
  /**
   * The values that say for certain that a point is real, and that it is fake; the middle of the two says
   * neither.
   */
  real: z.number(),
  fake: z.number(),
});
export type LabHeat = z.infer<typeof heatSchema>;

export const labFrameSchema = z.object({
  step: z.number().int(),
  /** The same ones in every frame. */
  real: z.instanceof(Float32Array),
  /** Of the same latent points in every frame. */
  fakes: z.instanceof(Float32Array),
  /** Of what G minimises, with respect to each of the fakes: they would lower it by moving the other way. */
  gradients: z.instanceof(Float32Array),
  /** `reason`: why no place of the plane has an answer of its own. */
  heat: z.discriminatedUnion('shown', [
    heatSchema,
    z.object({ shown: z.literal(false), reason: z.string() }),
  ]),
  /**
   * G's points of an even mesh over the first two numbers of z, row by row; one row where z is one number.
   * The others are held at 0.
   */
  manifold: z.object({
    points: z.instanceof(Float32Array),
    columns: z.number().int(),
    rows: z.number().int(),
  }),
  /** Of the steps that were taken for this frame. */
  losses: z.array(z.object({ step: z.number().int(), losses: z.record(z.string(), z.number()) })),
  /** Energy distance of fakes to real points; told every few steps. */
  distance: z.number().optional(),
});
export type LabFrame = z.infer<typeof labFrameSchema>;

/** The commands of the lab. */
export const LAB_COMMANDS = {
  /** Makes the 2-D lab anew, at step 0, on the points of the plane that the config names. */
  'lab.open': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /**
   * Changes its settings while it runs; what still fits goes on from where it is. Settings that are refused
   * change nothing.
   */
  'lab.configure': { host: 'trainer', input: z.object({ config: runConfigSchema }), output: labFactsSchema },
  /** Takes steps, and answers what there is to see then. */
  'lab.frame': { host: 'trainer', input: labFrameRequestSchema, output: labFrameSchema },
  'lab.close': { host: 'trainer', input: nothing, output: nothing },
} as const;
