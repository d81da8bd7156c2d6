/**
 * The settings that the 2-D lab begins with: a small perceptron whose fakes spread along a whole ring within
 * a thousand steps, about ten seconds.
 */
import { STUDY_POINTS } from './points.ts';
import { DEFAULT_RUN_CONFIG, type RunConfig } from './run-config.ts';
import { PLAIN_OPTIMIZER } from './schedule-config.ts';

export const LAB_CONFIG: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  name: 'Lab',
  // Wide enough to be seen: the ring in the literature has a deviation of 0.01.
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    source: { kind: 'points', points: { ...STUDY_POINTS.ring, deviation: 0.04 } },
  },
  gan: { kind: 'mlp', options: { width: 64, depth: 3, slope: 0 } },
  // Without R1, D grows steep and the fakes circle the ring, which a person can see by removing it; with a
  // larger gamma, D's output hardly varies.
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
