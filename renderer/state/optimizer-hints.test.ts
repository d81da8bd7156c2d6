/** Hints warn of learning rates with which SGD would hardly learn, and say where a schedule leads. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '#main/contract/index.ts';
import { learningRateHint, scheduleHint, sharedRateHint } from './optimizer-hints.ts';
import { ENCODING, PAIR } from './test-phases.ts';

const { optimizer } = DEFAULT_RUN_CONFIG;

test('with SGD, learning rates that suit Adam have a hint to try larger ones', () => {
  expect(learningRateHint(optimizer)).toBeUndefined();
  expect(learningRateHint({ ...optimizer, kind: 'sgd' })).toBe(
    'With SGD, D and G will hardly learn at these learning rates. Try 0.01\u00a0to\u00a00.1.',
  );
  const oneIsFine = { ...optimizer, kind: 'sgd', learningRate: { discriminator: 0.02, generator: 0.001 } };
  expect(learningRateHint(oneIsFine)).toBe(
    'With SGD, G will hardly learn at this learning rate. Try 0.01\u00a0to\u00a00.1.',
  );
  expect(
    learningRateHint({ ...oneIsFine, learningRate: { discriminator: 0.02, generator: 0.01 } }),
  ).toBeUndefined();
});

test('a player without a learning rate of its own learns at that of G or D', () => {
  expect([PAIR, [], ENCODING].map(sharedRateHint)).toEqual([
    undefined,
    undefined,
    'E learns at the rate of G.',
  ]);
});

describe('the hint on a schedule', () => {
  const hint = (steps: number, schedule: Partial<RunConfig['optimizer']['schedule']>) =>
    scheduleHint({
      ...DEFAULT_RUN_CONFIG,
      steps,
      optimizer: { ...optimizer, schedule: { kind: 'linear', from: 0, over: 1000, floor: 0, ...schedule } },
    });

  test('says what the learning rates come to', () => {
    expect(hint(1000, {})).toBe('At step 1,000 they are 0.');
    expect(hint(2000, { from: 500, floor: 0.1 })).toBe('From step 1,500 on they are 0.1 of what they were.');
  });

  test('warns of a fall that the run does not reach, does not finish, or outlasts', () => {
    expect(hint(500, { from: 500 })).toContain('The learning rates do not fall');
    expect(hint(500, {})).toBe('The run ends before the fall does, at step 500 of 1,000.');
    expect(hint(2000, {})).toContain('Nothing is learnt after step 1,000');
  });

  test('says nothing while a number is missing or impossible', () => {
    expect(hint(1000, { over: NaN })).toBeUndefined();
    expect(hint(1000, { over: 0 })).toBeUndefined();
  });
});
