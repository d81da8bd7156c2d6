/**
 * Everything that defines a run; written to config.json, versioned, and enough to repeat the run bit for bit.
 */
import { z } from 'zod';
import { datasetChoiceSchema, DEFAULT_DATASET_OPTIONS } from './dataset.ts';
import { setting } from './setting.ts';

/** A choice from the catalogue with its own options, which the chosen entry's schema parses. */
export const choiceSchema = z.object({
  kind: z.string(),
  options: z.record(z.string(), z.unknown()).default({}),
});
export type Choice = z.infer<typeof choiceSchema>;

/** The version that new configs are written in; `main/runs/config-file.ts` brings older ones up to it. */
export const RUN_CONFIG_VERSION = 6;

/** How the learning rates fall: from step `from` on, over so many steps, to `floor` of what they were. */
export const scheduleSchema = z.object({
  kind: setting(z.enum(['constant', 'linear', 'cosine']), {
    title: 'Schedule of learning rates',
    description: 'how the learning rates fall',
    flag: { name: 'schedule', placeholder: 'kind' },
    choices: {
      constant: { label: 'Constant' },
      linear: { label: 'Linear', description: 'They fall in a straight line:' },
      cosine: { label: 'Cosine', description: 'They fall gently at both ends:' },
    },
  }),
  from: setting(z.number().int().min(0), {
    title: 'From step',
    description: 'the step at which they begin to fall',
    flag: { name: 'schedule-from', placeholder: 'step', otherwise: '0' },
  }),
  over: setting(z.number().int().min(1), {
    title: 'Over steps',
    description: 'the steps that the fall takes',
    flag: { name: 'schedule-over', placeholder: 'n', otherwise: 'the rest of the run' },
  }),
  floor: setting(z.number().min(0).max(1), {
    title: 'Down to (share)',
    description: 'what they fall to, as a share of what they were',
    flag: { name: 'schedule-floor', placeholder: 'share', otherwise: '0' },
  }),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Schedule and clipping that leave everything as it is. */
export const PLAIN_OPTIMIZER = {
  schedule: { kind: 'constant', from: 0, over: 10_000, floor: 0 },
  clip: 0,
} as const;

/**
 * Whose turn it is. together: D, then G, in every step. several: D in every step, G in every
 * `discriminator`th one. alternating: D in one step, G in the next.
 */
export const turnsSchema = z.object({
  kind: setting(z.enum(['together', 'several', 'alternating']), {
    title: 'Turns',
    choices: {
      together: { label: 'Together', description: 'D and G both move in every step.' },
      several: {
        label: 'Several of D to one of G',
        description: 'D moves in every step, G in every so many.',
      },
      alternating: { label: 'Alternating', description: 'D moves in one step, G in the next.' },
    },
  }),
  /** Tells only where the kind is several. */
  discriminator: setting(z.number().int().min(1).max(20), { title: 'Turns of D to one of G' }),
});
export type Turns = z.infer<typeof turnsSchema>;

export const PLAIN_TURNS: Turns = { kind: 'together', discriminator: 1 };

/** The learning rate of one network. */
const learningRateOf = (network: 'D' | 'G') =>
  setting(z.number().positive().max(1), {
    title: `Learning rate of ${network}`,
    step: 1e-7,
    flag: { name: `learning-rate-${network.toLowerCase()}`, placeholder: 'rate' },
  });

export const runConfigSchema = z.object({
  version: z.literal(RUN_CONFIG_VERSION),
  name: setting(z.string().trim().min(1).max(120), { title: 'Name' }),
  dataset: datasetChoiceSchema,
  gan: setting(choiceSchema.clone(), {
    title: 'GAN',
    description: 'which GAN (default: dcgan); flags that are left out are as it recommends',
    example: 'width=16',
    flag: { name: 'gan', placeholder: 'kind' },
  }),
  loss: setting(choiceSchema.clone(), {
    title: 'Loss',
    description: 'which loss',
    flag: { name: 'loss', placeholder: 'kind' },
  }),
  stabilisers: setting(z.array(choiceSchema), {
    title: 'Stabilisers',
    description: 'one more stabiliser; none drops the recommended ones; may be repeated',
    flag: { name: 'stabiliser', placeholder: 'kind[:name=value,...]' },
  }),
  turns: setting(turnsSchema, {
    title: 'Turns',
    description: 'together, alternating, or turns of D to one of G',
    flag: { name: 'turns', placeholder: 'order' },
  }),
  /** Names of the dataset's classes, in the order of their labels, for a GAN that is told the class; none for the others. */
  classes: z.array(z.string()),
  z: setting(
    z.object({
      size: setting(z.number().int().min(1).max(1024), {
        title: 'Size of z',
        description: 'numbers in a latent point',
        flag: { name: 'z', placeholder: 'n' },
      }),
      distribution: setting(z.enum(['normal', 'uniform']), {
        title: 'Distribution of z',
        lead: 'z is drawn from a',
        choices: { normal: { label: 'Normal' }, uniform: { label: 'Uniform' } },
      }),
    }),
    { title: 'z' },
  ),
  optimizer: setting(
    choiceSchema.extend({
      learningRate: z.object({
        discriminator: learningRateOf('D'),
        generator: learningRateOf('G'),
      }),
      schedule: setting(scheduleSchema, { title: 'Schedule' }),
      /** Longer gradients of a turn are scaled down to it. */
      clip: setting(z.number().min(0).max(1e6), {
        title: 'Clip gradients at',
        description: "the largest norm that a network's gradient may have; 0 is off",
        fact: 'Gradients clipped at',
        zero: 'off',
        flag: { name: 'clip', placeholder: 'norm' },
      }),
    }),
    {
      title: 'Optimiser',
      description: 'which optimiser: adam, rmsprop, or sgd, which takes learning rates of 0.01 to 0.1',
      example: 'beta1=0',
      flag: { name: 'optimizer', placeholder: 'kind' },
    },
  ),
  batch: setting(z.number().int().min(2).max(1024), {
    title: 'Batch',
    description: 'images a step',
    flag: { name: 'batch', placeholder: 'n' },
  }),
  steps: setting(z.number().int().min(1).max(100_000_000), {
    title: 'Steps',
    description: 'steps to train',
    flag: { name: 'steps', placeholder: 'n' },
  }),
  seed: setting(z.number().int().min(0).max(0xffffffff), {
    title: 'Seed',
    description: 'the same seed and settings give the same run',
    flag: { name: 'seed', placeholder: 'n' },
  }),
  averaging: setting(z.number().min(0).max(0.99999), {
    title: 'Averaging',
    description: "decay per step of the average of G's weights, from which samples and exports come",
    flag: { name: 'averaging', placeholder: 'decay' },
  }),
  samples: setting(
    z.object({
      count: setting(z.number().int().min(1).max(256), { title: 'Sample images' }),
      everySteps: setting(z.number().int().min(1), { title: 'Samples every', unit: 'step' }),
    }),
    { title: 'Samples' },
  ),
  /** The newest `keep` and the best one stay. */
  checkpoints: setting(
    z.object({
      everySteps: setting(z.number().int().min(1), {
        title: 'Checkpoint every',
        description: 'steps from one checkpoint to the next',
        unit: 'step',
        flag: { name: 'checkpoint-every', placeholder: 'n' },
      }),
      everyMinutes: setting(z.number().positive().max(1440), {
        title: 'Checkpoint minutes',
        unit: 'min',
        step: 0.01,
      }),
      keep: setting(z.number().int().min(1).max(1000), { title: 'Checkpoints kept' }),
    }),
    {
      title: 'Checkpoints',
      description: 'a checkpoint is saved after so many steps or minutes, whichever comes first',
    },
  ),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** The settings a new run starts from. */
export const DEFAULT_RUN_CONFIG: RunConfig = {
  version: RUN_CONFIG_VERSION,
  name: 'Digits',
  dataset: {
    source: { kind: 'built-in', name: 'digits' },
    options: { ...DEFAULT_DATASET_OPTIONS, size: 28, colour: 'grey', background: '#000000' },
    leftOut: [],
  },
  gan: { kind: 'dcgan', options: {} },
  loss: { kind: 'non-saturating', options: {} },
  stabilisers: [],
  turns: PLAIN_TURNS,
  classes: [],
  z: { size: 100, distribution: 'normal' },
  optimizer: {
    kind: 'adam',
    options: {},
    learningRate: { discriminator: 5e-4, generator: 1e-3 },
    ...PLAIN_OPTIMIZER,
  },
  batch: 64,
  steps: 20_000,
  seed: 1,
  averaging: 0.99,
  samples: { count: 64, everySteps: 50 },
  checkpoints: { everySteps: 500, everyMinutes: 5, keep: 3 },
};
