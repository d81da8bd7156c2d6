import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inOrder } from './in-order.ts';
import { createMemoryBudget } from '../decoding/memory-budget.ts';

test('results come in the order of their items, and a bounded number is begun at once', async () => {
  let running = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++running);
    await wait((item * 7) % 5);
    running--;
    return item;
  };
  const items = Array.from({ length: 20 }, (_, index) => index);
  const results: number[] = [];
  for await (const result of inOrder(items, { inFlight: 4, work })) results.push(result);
  expect(results).toEqual(items);
  expect(most).toBe(4);
});

test('a failure is thrown when its turn comes, after what was begun has ended', async () => {
  let finished = 0;
  const work = async (item: number) => {
    await wait(item);
    finished++;
    if (item === 1) throw new Error('item 1');
    return item;
  };
  const results: number[] = [];
  const run = async () => {
    for await (const result of inOrder([0, 1, 2, 3, 4, 5], { inFlight: 3, work })) results.push(result);
  };
  await expect(run()).rejects.toThrow('item 1');
  expect(results).toEqual([0]);
  expect(finished).toBe(4); // items 0 to 3 were begun
});

test('work waits for its share of the budget, and work larger than the budget runs alone', async () => {
  const budget = createMemoryBudget(10);
  let spent = 0;
  const seen: number[] = [];
  const spend = (amount: number) =>
    budget.spend(amount, async () => {
      seen.push((spent += amount));
      await wait(1);
      spent -= amount;
    });
  await Promise.all([4, 4, 4, 25, 1].map(spend));
  expect(seen.filter((amount) => amount > 10)).toEqual([25]);
  await expect(budget.spend(10, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await spend(10); // a failure gives its share back
});
