import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

test('work in pieces takes its share of the time and no more than a piece beyond it', () => {
  let now = 0;
  const budget = new Budget({ share: 0.02, trainedSeconds: () => now / 1000, clock: () => now });
  let pieces = 0;
  for (let step = 0; step < 50_000; step++) {
    now += 60;
    if (step % 500 === 499) budget.spend(() => (now += 80));
    if (!budget.allows()) continue;
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
  expect(budget.allows()).toBe(false);
});

test('urgent work may use the share of the first two minutes in advance; after them, no work goes beyond its share', () => {
  let now = 0;
  const budget = new Budget({ share: 0.02, trainedSeconds: () => now / 1000, clock: () => now });
  const early: number[] = [];
  for (let step = 0; step < 20_000; step++) {
    if (step % 100 === 0 && budget.allowsSoon(0.08)) {
      budget.spend(() => (now += 80));
      early.push(step);
    }
    now += 20;
    if (budget.allows(0.08 + 0.04)) budget.spend(() => (now += 40));
    expect(budget.spentSeconds).toBeLessThanOrEqual(0.02 * Math.max(120, now / 1000));
  }
  expect(early.slice(0, 7)).toEqual([0, 100, 200, 300, 400, 500, 600]);
  expect(early.length).toBeLessThan(200);
  expect(budget.spentSeconds / (now / 1000)).toBeGreaterThan(0.018);
});

test('a share of 0 allows nothing in advance', () => {
  expect(new Budget({ share: 0, trainedSeconds: () => 1000 }).allowsSoon()).toBe(false);
});

test('the time of work is reported', () => {
  let now = 0;
  const budget = new Budget({ share: 1, trainedSeconds: () => 0, clock: () => now });
  const took: number[] = [];
  expect(
    budget.spend(
      () => (now += 250),
      (seconds) => took.push(seconds),
    ),
  ).toBe(250);
  expect(took).toEqual([0.25]);
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
