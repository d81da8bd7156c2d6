import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

test('work in pieces takes its share of the time and no more than a piece beyond it', () => {
  let now = 0;
  const budget = new Budget({ share: 0.02, trainedSeconds: () => now / 1000, clock: () => now });
  let pieces = 0;
  for (let step = 0; step < 50_000; step++) {
    now += 60;
    if (step % 500 === 499) budget.spend(() => (now += 80));
    if (!budget.allowsMore) continue;
    budget.spend(() => (now += 150));
    pieces += 1;
    expect(budget.spentSeconds - 0.02 * (now / 1000)).toBeLessThan(0.15);
  }
  expect(budget.spentSeconds).toBeCloseTo(pieces * 0.15 + 100 * 0.08, 6);
  expect(budget.spentSeconds / (now / 1000)).toBeCloseTo(0.02, 3);
});

test('a share of 0 allows nothing once anything was measured', () => {
  let now = 0;
  const budget = new Budget({ share: 0, trainedSeconds: () => 1000, clock: () => now });
  budget.spend(() => (now += 1));
  expect(budget.allowsMore).toBe(false);
});

test('work that fails has taken its time, too', () => {
  let now = 0;
  const budget = new Budget({ share: 1, trainedSeconds: () => 0, clock: () => now });
  const fails = () => {
    now += 500;
    throw new Error('No.');
  };
  expect(() => budget.spend(fails)).toThrow('No.');
  expect(budget.spentSeconds).toBe(0.5);
});
