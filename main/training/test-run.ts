/** What tests of whole runs train: small enough for some steps in no time. */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';

/** Pictures of 28 px have to be given with it. */
export const SMALL_RUN: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 8, distribution: 'uniform' },
};
