import { expect, test } from 'vitest';
import type { PlayedPhase } from '../game/index.ts';
import { duePhases, stepsInARound } from './due.ts';

const phase = (name: string, everySteps: number, firstStep?: number): PlayedPhase => ({
  name,
  moves: [name],
  roles: ['discriminator'],
  everySteps,
  ...(firstStep === undefined ? {} : { firstStep }),
  minimises: () => {
    throw new Error('Nobody takes this turn.');
  },
});

test.each([
  [[phase('D', 1), phase('lazy penalty', 16)]],
  [[phase('D', 2), phase('G', 3, 1), phase('E', 5, 4)]],
  [[phase('D', 1), phase('late', 1, 10)]],
])('within a round every set of phases that ever falls into one step has done so', (phases) => {
  const setAt = (step: number) =>
    duePhases({ phases }, step)
      .map(({ name }) => name)
      .join('+');
  const seen = new Set(Array.from({ length: stepsInARound({ phases }) }, (_, step) => setAt(step)));
  for (let step = 0; step < 500; step++) expect(seen).toContain(setAt(step));
});
