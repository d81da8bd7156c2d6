/**
 * The run config: everything that defines a run. It is versioned, written to config.json, and enough to
 * repeat the run bit for bit.
 */
import { z } from 'zod';
import { datasetChoiceSchema, DEFAULT_DATASET_OPTIONS } from './dataset.ts';
import { FEWEST_TO_HOLD_OUT_OF } from './held-out.ts';
import { LONGEST_NAME } from './names.ts';
import { precisionSetting } from './precision-config.ts';
import { PLAIN_OPTIMIZER, PLAIN_TURNS, scheduleSchema, turnsSchema } from './schedule-config.ts';
import { setting } from './setting.ts';

/** A choice from the catalogue with its own options, which the chosen entry's schema parses. */
export const choiceSchema = z.object({
  kind: z.string(),
  options: z.record(z.string(), z.unknown()).default({}),
});
export type Choice = z.infer<typeof choiceSchema>;

/** The version that new configs are written in; `main/runs/config-file.ts` brings older ones up to it. */
export const RUN_CONFIG_VERSION = 8;

/** The setting for the learning rate of one side. */
const learningRateOf = (network: 'D' | 'G') =>
  setting(z.number().positive().max(1), {
    title: `Learning rate of ${network}`,
    description: `learning rate of the ${network === 'D' ? 'discriminator (D)' : 'generator (G)'}`,
    help: `How far an update moves the weights of ${network}. Too high and training falls apart, too low and nothing happens.`,
    step: 1e-7,
    flag: { name: `learning-rate-${network.toLowerCase()}`, placeholder: 'rate' },
  });

export const runConfigSchema = z.object({
  version: z.literal(RUN_CONFIG_VERSION),
  name: setting(z.string().trim().min(1).max(LONGEST_NAME), { title: 'Name' }),
  dataset: datasetChoiceSchema,
  /**
   * The share of pictures that a run does not train on, in [0, 0.5]; which ones follows from each picture's
   * content and the run's seed. A run that has begun holds out this share, a new one at most this share.
   */
  heldOut: setting(z.number().min(0).max(0.5), {
    title: 'Held-out pictures (share)',
    description: 'the share of pictures that is not trained on, so that metrics can tell copies; 0 is none',
    help: `Metrics compare samples with pictures that the networks have never seen, to tell learning from copying. A set of fewer than ${FEWEST_TO_HOLD_OUT_OF.toLocaleString('en')} pictures holds out none.`,
    step: 0.01,
    fact: 'Held-out pictures',
    zero: 'none',
    flag: { name: 'held-out', placeholder: 'share' },
  }),
  gan: setting(choiceSchema.clone(), {
    title: 'GAN',
    description: 'which GAN (default: dcgan); settings without a flag are as it recommends',
    help: 'The networks and how they play: a generator (G) makes pictures, a discriminator (D) tells them from real ones. Choosing a GAN also sets what it recommends.',
    example: 'width=16',
    flag: { name: 'gan', placeholder: 'kind' },
  }),
  loss: setting(choiceSchema.clone(), {
    title: 'Loss',
    description: 'what the discriminator (D) and the generator (G) minimise',
    help: 'What the discriminator (D) and the generator (G) each try to make small.',
    flag: { name: 'loss', placeholder: 'kind' },
  }),
  stabilisers: setting(z.array(choiceSchema), {
    title: 'Stabilisers',
    description: 'add a stabiliser; none removes the recommended ones; may be repeated',
    help: 'Penalties, augmentation and other techniques that keep training stable. Each can be combined with most GANs and losses.',
    flag: { name: 'stabiliser', placeholder: 'kind[:name=value,...]' },
  }),
  turns: setting(turnsSchema, {
    title: 'Update order',
    description: 'together, alternating, or the number of updates of D per update of G',
    flag: { name: 'turns', placeholder: 'order' },
  }),
  /** Names of the data set's classes in the order of their numbers; empty for a GAN without classes. */
  classes: z.array(z.string()),
  z: setting(
    z.object({
      size: setting(z.number().int().min(1).max(1024), {
        title: 'Size of z',
        description: 'how many numbers a latent point has',
        help: 'How many random numbers G makes a picture from. 100 is usual; fewer make the latent space easier to explore.',
        flag: { name: 'z', placeholder: 'n' },
      }),
      distribution: setting(z.enum(['normal', 'uniform']), {
        title: 'Distribution of z',
        help: 'Where the random numbers come from that G makes a picture from. Normal is usual.',
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
      /**
       * The largest norm of a turn's gradient, over all weights that move; longer ones are scaled down to it.
       * 0 is off.
       */
      clip: setting(z.number().min(0).max(1e6), {
        title: 'Clip gradients at norm',
        description: 'the largest norm that the gradient of a network may have; 0 is off',
        help: 'A longer gradient is scaled down to this norm, which softens sudden jumps. 0 is off.',
        fact: 'Gradients clipped at',
        zero: 'off',
        flag: { name: 'clip', placeholder: 'norm' },
      }),
    }),
    {
      title: 'Optimiser',
      description: 'which optimiser: adam, rmsprop, or sgd, which needs learning rates of 0.01 to 0.1',
      help: 'How gradients become changes of the weights.',
      example: 'beta1=0',
      flag: { name: 'optimizer', placeholder: 'kind' },
    },
  ),
  batch: setting(z.number().int().min(2).max(1024), {
    title: 'Batch',
    description: 'pictures per step',
    help: 'How many pictures D sees in a step, and G makes. A larger batch makes steps slower and smoother.',
    flag: { name: 'batch', placeholder: 'n' },
  }),
  steps: setting(z.number().int().min(1).max(100_000_000), {
    title: 'Steps',
    description: 'steps to train',
    help: 'In a step both networks see one batch of pictures. A run can be trained for more steps later.',
    flag: { name: 'steps', placeholder: 'n' },
  }),
  seed: setting(z.number().int().min(0).max(0xffffffff), {
    title: 'Seed',
    description: 'the same seed and settings give the same run',
    help: 'All random numbers of a run follow from its seed: the same seed and settings give the same run.',
    flag: { name: 'seed', placeholder: 'n' },
  }),
  precision: precisionSetting,
  averaging: setting(z.number().min(0).max(0.99999), {
    title: 'EMA decay',
    description:
      'decay per step of the EMA (moving average) of the weights of G, which samples and exports use',
    help: 'Samples and exports use an exponential moving average (EMA) of the weights of G, which makes better pictures than the weights themselves. Closer to 1 averages over more steps; 0 is off.',
    flag: { name: 'averaging', placeholder: 'decay' },
  }),
  samples: setting(
    z.object({
      count: setting(z.number().int().min(1).max(256), {
        title: 'Sample pictures',
        help: 'How many pictures G makes each time to show its progress, always from the same latent points.',
      }),
      everySteps: setting(z.number().int().min(1), {
        title: 'Samples every (steps)',
        help: 'How many steps pass from one set of sample pictures to the next.',
        unit: 'step',
      }),
    }),
    { title: 'Samples' },
  ),
  /** The newest `keep` and the best one stay. */
  checkpoints: setting(
    z.object({
      everySteps: setting(z.number().int().min(1), {
        title: 'Checkpoint every (steps)',
        description: 'steps from one checkpoint to the next',
        help: 'A checkpoint saves the run so that it can be resumed. One is saved after so many steps or minutes, whichever comes first.',
        unit: 'step',
        flag: { name: 'checkpoint-every', placeholder: 'n' },
      }),
      everyMinutes: setting(z.number().positive().max(1440), {
        title: 'Checkpoint every (minutes)',
        help: 'A checkpoint saves the run so that it can be resumed. One is saved after so many steps or minutes, whichever comes first.',
        unit: 'min',
        step: 0.01,
      }),
      keep: setting(z.number().int().min(1).max(1000), {
        title: 'Checkpoints kept',
        help: 'The newest checkpoints stay on disk, and the best one.',
      }),
    }),
    {
      title: 'Checkpoints',
      description: 'a checkpoint is saved after so many steps or minutes, whichever comes first',
    },
  ),
  /** How the run measures what its generator makes; training does not depend on it. */
  measuring: setting(
    z.object({
      share: setting(z.number().min(0).max(0.5), {
        title: 'Time for metrics (share)',
        description: 'the share of training time that may go into metrics; 0 is off',
        help: 'Metrics are computed between steps, and after the first two minutes take at most this share of the time: 0.02 is a fiftieth. At 0, only the distance of the last state is measured, and little can be said about how the run does.',
        step: 0.01,
        fact: 'Time for metrics',
        zero: 'off',
        flag: { name: 'measuring-share', placeholder: 'share' },
      }),
      best: setting(z.enum(['kid', 'coverage', 'distance']), {
        title: 'Best checkpoint by',
        description: 'the metric that decides which checkpoint is best',
        help: 'The best checkpoint by this metric is kept for good. Where the metric cannot be measured, as for points, it is the distance to the data.',
        flag: { name: 'best-by', placeholder: 'metric' },
        choices: {
          kid: { label: 'KID', description: 'In features of a trained network: quality and variety in one.' },
          coverage: { label: 'Coverage', description: 'How much of the data has samples near it.' },
          distance: { label: 'Distance to the data', description: 'In random features: quick and rough.' },
        },
      }),
    }),
    { title: 'Metrics' },
  ),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** How a run measures itself by default; also for older runs, whose configs lack this setting. */
export const DEFAULT_MEASURING: RunConfig['measuring'] = { share: 0.02, best: 'kid' };

/** The settings a new run starts from. */
export const DEFAULT_RUN_CONFIG: RunConfig = {
  version: RUN_CONFIG_VERSION,
  name: 'Digits',
  dataset: {
    source: { kind: 'built-in', name: 'digits' },
    options: { ...DEFAULT_DATASET_OPTIONS, size: 28, colour: 'grey', background: '#000000' },
    leftOut: [],
  },
  heldOut: 0.1,
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
  precision: 'automatic',
  averaging: 0.99,
  samples: { count: 64, everySteps: 50 },
  checkpoints: { everySteps: 500, everyMinutes: 5, keep: 3 },
  measuring: DEFAULT_MEASURING,
};
