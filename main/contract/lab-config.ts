/**
 * The settings that the 2-D lab begins with: a small perceptron whose fakes lie all along a ring within a
 * thousand steps, about ten seconds.
 */
import { STUDY_POINTS } from './points.ts';
import { DEFAULT_RUN_CONFIG, type RunConfig } from './run-config.ts';
import { PLAIN_OPTIMIZER } from './schedule-config.ts';

export const LAB_CONFIG: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  name: 'Lab',
  // As wide as can be seen: the ring of the studies has dots of a hundredth.
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    source: { kind: 'points', points: { ...STUDY_POINTS.ring, deviation: 0.04 } },
  },
  gan: { kind: 'mlp', options: { width: 64, depth: 3, slope: 0 } },
  // Without it D grows steep and the fakes chase each other round the ring, which is one click away; with
  // more of it D hardly answers.
  stabilisers: [{ kind: 'r1', options: { gamma: 0.003 } }],
  z: { size: 2, distribution: 'uniform' },
  optimizer: {
    kind: 'adam',
    options: { beta1: 0.5, beta2: 0.99 },
    learningRate: { discriminator: 3e-3, generator: 1e-3 },
    ...PLAIN_OPTIMIZER,
  },
  batch: 128,
};
