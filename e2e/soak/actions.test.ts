/** Actions follow from the seed, fit what is open, and none is left out. */
import { expect, test } from 'vitest';
import { ACTIONS, chanceOf, chooseAction, oneOf, type Action, type Situation } from './actions.ts';

const SITUATIONS: Situation[] = (['none', 'training', 'paused', 'ended'] as const).flatMap((run) =>
  [0, 1, 9].map((runs) => ({ run, runs })),
);

function chosen(seed: number, count: number): Action[] {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, (_, index) =>
    chooseAction(SITUATIONS[index % SITUATIONS.length]!, chance),
  );
}

test('the same seed chooses the same, another seed something else', () => {
  expect(chosen(1, 100)).toEqual(chosen(1, 100));
  expect(chosen(1, 100)).not.toEqual(chosen(2, 100));
});

test('every action comes, and only where it fits', () => {
  const chance = chanceOf(7);
  const seen = new Set<Action>();
  for (let round = 0; round < 200; round++)
    for (const situation of SITUATIONS) {
      const action = chooseAction(situation, chance);
      expect(ACTIONS[action].fits(situation), `${action} in ${JSON.stringify(situation)}`).toBe(true);
      seen.add(action);
    }
  expect([...seen].sort()).toEqual(Object.keys(ACTIONS).sort());
});

test('an action of twice the weight comes about twice as often', () => {
  const chance = chanceOf(3);
  const count = { view: 0, latent: 0 };
  for (let round = 0; round < 20_000; round++) {
    const action = chooseAction({ run: 'training', runs: 1 }, chance);
    if (action === 'view' || action === 'latent') count[action] += 1;
  }
  expect(count.view / count.latent).toBeCloseTo(ACTIONS.view.weight / ACTIONS.latent.weight, 0);
});

test('runs are left in the library to go on with', () => {
  const chance = chanceOf(5);
  const of = () => chooseAction({ run: 'ended', runs: 3 }, chance);
  expect(Array.from({ length: 500 }, of)).not.toContain('trash');
  expect(() => oneOf([], chance)).toThrow('nothing to choose from');
});
