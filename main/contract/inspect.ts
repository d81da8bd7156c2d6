/**
 * The inspector's view of one turn of a run's next step: what every layer computed for one image, and the
 * gradient of the loss on its way back.
 */
import { z } from 'zod';
import { meaningSchema, phaseEntrySchema, roleSchema } from './roles.ts';

/** Which phase, and which image of the step's batch. */
export const traceRequestSchema = z.object({
  /** Name of the phase, such as generator. */
  phase: z.string().min(1),
  /** Index in the batch. */
  image: z.number().int().min(0).max(1023),
  /** Replaces that image's latent point by the one that `latent.interpolate` draws from this seed. */
  seed: z.number().int().min(0).max(0xffffffff).optional(),
});
export type TraceRequest = z.infer<typeof traceRequestSchema>;

/**
 * Numbers of one image, without the batch axis: [units] or [height, width, channels]. Only the first
 * `shape.at(-1)` of all `channels` are included.
 */
const numbersSchema = z.object({
  shape: z.array(z.number().int()),
  channels: z.number().int(),
  values: z.instanceof(Float32Array),
});
export type Numbers = z.infer<typeof numbersSchema>;

const stageWeightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int()),
  norm: z.number(),
  /** Norm of the loss's gradient; absent if the weight is held fixed in this turn. */
  gradientNorm: z.number().optional(),
});

/** An input of a network, or one of its layers. */
export const tracedLayerSchema = z.object({
  name: z.string(),
  /** input, or the layer's kind. */
  kind: z.string(),
  /** The function of an activation, such as leaky-relu. */
  function: z.string().optional(),
  /** What it does, in a sentence, and as a formula; empty for an input. */
  about: z.string(),
  formula: z.string(),
  value: numbersSchema,
  /** Of the loss, a mean over the batch, with respect to `value`; absent if no gradient reaches it. */
  gradient: numbersSchema.optional(),
  weights: z.array(stageWeightSchema),
});
export type TracedLayer = z.infer<typeof tracedLayerSchema>;

/** One run of a network within the turn. */
export const passSchema = z.object({
  /** The player's name, and its role. */
  network: z.string(),
  role: roleSchema,
  /** What it runs on, or helps to judge; penalty: images at which a penalty takes D's gradient. */
  on: z.enum(['z', 'real', 'fake', 'penalty']),
  /** Whether this turn moves its weights. */
  moves: z.boolean(),
  /** Its outputs, such as image or logit, with the name of the layer that computes each. */
  outputs: z.record(z.string(), z.string()),
  layers: z.array(tracedLayerSchema),
});
export type Pass = z.infer<typeof passSchema>;

/** The derivative of the loss by one logit. */
export const logitGradientSchema = z.object({
  /** The player that judges. */
  network: z.string(),
  on: z.enum(['real', 'fake']),
  /** v: the logit of this image; of a D with two output nodes, real minus fake. */
  logit: z.number(),
  /** n: how many logits the batch has. */
  count: z.number().int(),
  /** D(x) = sigmoid(v), if the loss takes that for the probability of being real. */
  probability: z.number().optional(),
  /** As the run's own step computes it. */
  gradient: z.number(),
  /** In v and n; absent for a loss in which a logit’s gradient depends on the others. */
  formula: z.string().optional(),
  /** The values of its other letters. */
  letters: z.record(z.string(), z.number()),
  /** What the formula gives; differs from `gradient` if a stabiliser changes the loss. */
  expected: z.number().optional(),
});
export type LogitGradient = z.infer<typeof logitGradientSchema>;

/**
 * How D's logit is to be read. probability: its sigmoid is D's probability of being real. number: it is near
 * `real` for real images and near `fake` for fakes. comparison: only differences of logits count.
 */
const readingSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('probability') }),
  z.object({ of: z.literal('number'), real: z.number(), fake: z.number() }),
  z.object({ of: z.literal('comparison') }),
]);

export const traceSchema = z.object({
  /** Steps taken before this one. */
  step: z.number().int(),
  phase: z.string(),
  /** The roles that move. */
  roles: z.array(roleSchema),
  /** All turns of the run's GAN, in order. */
  phases: z.array(phaseEntrySchema.extend({ isDue: z.boolean() })),
  batch: z.number().int(),
  image: z.number().int(),
  loss: z.number(),
  /** Norm of the gradient with respect to all weights that move. */
  gradientNorm: z.number(),
  logitGradients: z.array(logitGradientSchema),
  /** What D's number means to the run's loss. */
  means: meaningSchema,
  reading: readingSchema,
  passes: z.array(passSchema),
});
export type Trace = z.infer<typeof traceSchema>;

/** How one loss of G would push an image. */
export const pushSchema = z.object({
  label: z.string(),
  formula: z.string(),
  loss: z.number(),
  /** By D’s logit. */
  logitGradient: z.number(),
  gradient: numbersSchema,
});
export type Push = z.infer<typeof pushSchema>;

export const comparisonSchema = z.object({
  step: z.number().int(),
  logit: z.number(),
  /**
   * sigmoid(logit), which both losses take for the probability of being real, whatever the run's own loss
   * does.
   */
  probability: z.number(),
  /** Whether the run's own loss takes it for that probability, too. */
  isOwn: z.boolean(),
  fake: numbersSchema,
  saturating: pushSchema,
  nonSaturating: pushSchema,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** In place of a phase's name: all phases in order. */
export const ALL_PHASES = 'all';
/** The name of a phase, or ALL_PHASES. */
const moverSchema = z.string().min(1);

const momentSchema = z.object({
  fake: numbersSchema,
  logit: z.number(),
  probability: z.number().optional(),
});

/** What one turn, or one turn of each phase, changes; it is taken on a copy of the run's state. */
export const moveSchema = z.object({
  step: z.number().int(),
  mover: moverSchema,
  before: momentSchema,
  after: momentSchema,
  change: numbersSchema,
  /** G's loss on the same batch. */
  loss: z.object({ before: z.number(), after: z.number() }),
  /**
   * The weights that moved, by network and layer: the norm of a layer's weights, and that of their change.
   */
  moved: z.array(z.object({ network: z.string(), layer: z.string(), norm: z.number(), change: z.number() })),
});
export type Move = z.infer<typeof moveSchema>;

/** One number of the fake image. */
export const pixelSchema = z.object({
  row: z.number().int().min(0),
  column: z.number().int().min(0),
  channel: z.number().int().min(0),
});
export type Pixel = z.infer<typeof pixelSchema>;

export const nudgeSchema = z.object({
  request: traceRequestSchema,
  pixels: z.array(pixelSchema).min(1).max(16),
  /** Added to one of them at a time, then subtracted; images are in [-1, 1]. */
  by: z.number().positive().max(2),
});

/** The commands of the inspector; all need a run that is paused or has ended. */
export const INSPECT_COMMANDS = {
  'inspect.trace': { host: 'trainer', input: traceRequestSchema, output: traceSchema },
  /** The saturating and the non-saturating loss on the same image. */
  'inspect.compare': {
    host: 'trainer',
    input: traceRequestSchema.omit({ phase: true }),
    output: comparisonSchema,
  },
  'inspect.move': {
    host: 'trainer',
    input: traceRequestSchema.omit({ phase: true }).extend({ mover: moverSchema }),
    output: moveSchema,
  },
  /** Releases what the inspector holds of the run. */
  'inspect.leave': { host: 'trainer', input: z.object({}), output: z.object({}) },
  /**
   * The turn's loss with one number of the fake image raised and lowered: its gradient by finite differences.
   */
  'inspect.nudge': {
    host: 'trainer',
    input: nudgeSchema,
    output: z.object({ loss: z.number(), nudged: z.array(z.object({ more: z.number(), less: z.number() })) }),
  },
} as const;
