/**
 * Compares the estimated time of a run, before it starts, with the time that it then takes, for three short
 * runs.
 */
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { completeConfig, estimateRun } from '../training/index.ts';
import { named } from './named.ts';
import { rounded, SHORT_RUNS, trainedForTiming } from './time-left.ts';

export type EstimateFigure = {
  case: string;
  steps: number;
  /** The time that the estimate itself took. */
  measuredSeconds: number;
  estimatedSeconds: number;
  trueSeconds: number;
  ratio: number;
};

/**
 * Estimates each case, and trains it to its end. `only`: names of cases; empty means all. Throws StudioError
 * `invalid-input` for an unknown name.
 */
export async function* benchEstimate({
  only,
  ...given
}: {
  only: string[];
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<EstimateFigure> {
  for (const one of named({ cases: SHORT_RUNS, nameOf: ({ name }) => name, names: only, what: 'case' })) {
    const asked = performance.now();
    const estimate = await estimateRun(completeConfig(one.config), new AbortController().signal);
    const measured = (performance.now() - asked) / 1000;
    const { steps } = one.config;
    const estimated = estimate.secondsToBegin + steps * estimate.secondsPerStep(one.config);
    const { start, end } = await trainedForTiming(one.config, given);
    yield {
      case: one.name,
      steps,
      measuredSeconds: rounded(measured),
      estimatedSeconds: rounded(estimated),
      trueSeconds: rounded((end - start) / 1000),
      ratio: rounded((estimated * 1000) / (end - start)),
    };
  }
}
