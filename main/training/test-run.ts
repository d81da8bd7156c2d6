/** The run that tests of whole runs train: so small that its steps take no time. */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';

/** It needs pictures of 28 px. */
export const SMALL_RUN: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 8, distribution: 'uniform' },
};
