/** A run for tests: the trainer's answer about it, and a history of four steps. */
import {
  DEFAULT_RUN_CONFIG,
  type CurrentRun,
  type ImageBatch,
  type RunHistory,
} from '#main/contract/index.ts';

export const current = (status: CurrentRun['status'], step = 0): CurrentRun => ({
  folder: '/runs/digits',
  config: DEFAULT_RUN_CONFIG,
  status,
  step,
});

/** The history of a run that has taken no step. */
export const NO_HISTORY: RunHistory = {
  steps: new Uint32Array(),
  losses: {},
  measures: {},
  metrics: { steps: new Uint32Array(), values: {}, errors: {} },
  yardsticks: {},
  samples: [],
  dataChanges: [],
  health: [],
  skipped: 0,
};

export const HISTORY: RunHistory = {
  ...NO_HISTORY,
  steps: Uint32Array.of(1, 2, 3, 4),
  losses: { discriminator: Float32Array.of(1, 2, 3, 4), generator: Float32Array.of(5, 6, 7, 8) },
  samples: [0, 2, 4],
};

/** Grey images of one pixel. */
export const pixels = (count: number): ImageBatch => ({
  count,
  size: 1,
  channels: 1,
  pixels: new Uint8Array(count),
});
