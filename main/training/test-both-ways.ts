/** What tests of the catalogue share: a run's first steps, taken compiled and op by op, which must agree. */
import { expect } from 'vitest';
import type { RunConfig } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { expectClose } from '../reference/index.ts';
import type { Checkpoint } from '../runs/index.ts';
import { imageShapeOf, rulesOf } from './rules.ts';
import type { Batch } from './drawn.ts';
import { Session } from './session.ts';
import { firstState } from './state.ts';
import { trainStep } from './step.ts';

/** How far losses and measures may lie apart, relative to their size. */
const TOLERANCE = 1e-4;

/** Noise, for runs that need numbers and no images. */
export function noiseBatch(config: RunConfig, step: number): Batch {
  const { size, channels } = imageShapeOf(config);
  return { images: randomUniform({ seed: 1, stream: 'order', step }, config.batch * size * size * channels) };
}

/**
 * Takes steps both ways, on one batch each, and returns the compiled state before and after them, and the
 * losses of each way.
 */
export function takeBothWays(
  config: RunConfig,
  {
    steps,
    batchOf = (step) => noiseBatch(config, step),
  }: {
    steps: number;
    batchOf?: (step: number) => Batch;
  },
): { before: Checkpoint['tensors']; after: Checkpoint['tensors']; losses: Record<string, number>[] } {
  const rules = rulesOf(config);
  const session = new Session(config);
  const before = session.checkpoint().tensors;
  const taken: Record<string, number>[] = [];
  let state = firstState(rules, config.seed);
  for (let step = 0; step < steps; step++) {
    const reference = trainStep(rules, state, session.inputsOf({ step, ...batchOf(step) }));
    state = { ...state, ...reference.state };
    const { losses, measures } = session.takeStep(batchOf(step));
    taken.push(losses);
    for (const [found, expected] of [
      [losses, reference.losses],
      [measures, reference.reports],
    ] as const) {
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, number] of Object.entries(found))
        expectClose([number], [expected[name]!.dataSync()[0]!], TOLERANCE);
    }
  }
  const after = session.checkpoint().tensors;
  session.dispose();
  return { before, after, losses: taken };
}
