import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type BestCheckpoint, type RunEvent } from '../contract/index.ts';
import type { Run } from '../runs/index.ts';
import { BestSoFar, isBetter, isClose } from './best-so-far.ts';

let known: BestCheckpoint | undefined;
let said: RunEvent[];
let best: BestSoFar;

const choose = (metric: 'kid' | 'coverage' | 'distance') => {
  const run = {
    config: { ...DEFAULT_RUN_CONFIG, measuring: { share: 0.02, best: metric } },
    best: () => known,
    setBest: (to: BestCheckpoint) => {
      known = to;
    },
    forgetBestCheckpoint: () => {
      known = undefined;
    },
  };
  best = new BestSoFar({ run: run as unknown as Run, say: (event) => said.push(event), step: () => 900 });
};

beforeEach(() => {
  known = undefined;
  said = [];
  choose('kid');
});

const at = (step: number, metric: string, value: number): BestCheckpoint => ({ step, metric, value });

test('the distance stands in until the chosen metric is known, and then no longer', () => {
  best.offer(at(100, 'distance', 0.5));
  best.offer(at(200, 'distance', 0.4));
  best.offer(at(300, 'distance', 0.6));
  expect(known).toEqual(at(200, 'distance', 0.4));
  expect(best.byChosen).toBeUndefined();
  best.offer(at(300, 'kid', 900));
  best.offer(at(400, 'distance', 0.1));
  expect(known).toEqual(at(300, 'kid', 900));
  expect(best.byChosen).toEqual(known);
  expect(said.map((event) => event.type === 'best' && event.best.step)).toEqual([100, 200, 300]);
  expect(said[0]).toMatchObject({ step: 900 });
});

test('a metric that is better higher is followed upwards, one that is better lower downwards', () => {
  choose('coverage');
  for (const [step, value] of [
    [1, 0.2],
    [2, 0.5],
    [3, 0.4],
  ] as const)
    best.offer(at(step, 'coverage', value));
  expect(known?.step).toBe(2);
  expect(isBetter(at(1, 'kid', 5), at(2, 'kid', 6))).toBe(true);
});

test('a checkpoint that is written anew is measured anew, even for the worse', () => {
  best.offer(at(100, 'distance', 0.1));
  best.offer(at(100, 'distance', 0.3));
  expect(known?.value).toBe(0.3);
  expect(said).toHaveLength(1);
});

test('what lies beyond a step that the run went back to is the best no longer', () => {
  best.offer(at(100, 'kid', 5));
  best.goBack(100);
  expect(known?.step).toBe(100);
  best.goBack(99);
  expect(known).toBeUndefined();
});

test('two are close where their errors reach over the difference', () => {
  const one = { ...at(1, 'kid', 100), error: 6 };
  expect(isClose(one, { ...at(2, 'kid', 109), error: 8 })).toBe(true);
  expect(isClose(one, { ...at(2, 'kid', 111), error: 8 })).toBe(false);
  expect(isClose(at(1, 'coverage', 0.5), at(2, 'coverage', 0.5))).toBe(false);
});
