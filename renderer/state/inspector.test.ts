import { expect, test } from 'vitest';
import { ALL_PHASES, StudioError, type Api, type CommandName } from '#main/contract/index.ts';
import { Inspector } from './inspector.svelte.ts';
import { ENCODING, PAIR } from './test-phases.ts';

type Call = { name: CommandName; input: unknown };

/** An api that answers when it is told to. */
function slowApi() {
  const calls: (Call & { answer(output: unknown): void; refuse(error: Error): void })[] = [];
  const call = (name: CommandName, input: unknown) =>
    new Promise((answer, refuse) => {
      calls.push({ name, input, answer, refuse });
    });
  return { calls, api: { call, subscribe: () => () => undefined } as unknown as Api };
}
const settle = () =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });
const trace = {
  step: 3,
  phase: 'generator',
  roles: ['generator'],
  phases: PAIR.map((phase) => ({ ...phase, isDue: true })),
  batch: 4,
  image: 0,
  loss: 1,
  gradientNorm: 1,
  logitGradients: [],
  passes: [],
};

test('one look is under way at a time, and the newest wish is the next', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  inspector.choose(1);
  inspector.drawPoint(5);
  inspector.drawPoint(9);
  expect(calls).toHaveLength(1);
  calls[0]!.answer(trace);
  await settle();
  expect(calls.map(({ input }) => input).slice(1)).toEqual([{ phase: 'generator', image: 0, seed: 9 }]);
  calls[1]!.answer({ ...trace, step: 4 });
  await settle();
  expect(inspector.busy).toBe(false);
  expect(inspector.step).toBe(4);
});

test('images of the batch follow each other round, and leave a point of one’s own behind', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  calls[0]!.answer(trace);
  await settle();
  inspector.drawPoint(5);
  inspector.choose(-1);
  expect([inspector.image, inspector.seed]).toEqual([3, undefined]);
  inspector.choose(4);
  expect(inspector.image).toBe(0);
});

test('a refusal is shown with its remedy, and what was found before stays', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  calls[0]!.answer(trace);
  await settle();
  inspector.show('losses');
  calls[1]!.refuse(new StudioError({ code: 'not-still', message: 'It moves.', remedy: 'Pause it first.' }));
  await settle();
  expect(inspector.failure).toMatchObject({ code: 'not-still', remedy: 'Pause it first.' });
  expect(inspector.trace).toEqual(trace);
});

test('losses that cannot be compared are no failure: the panel says why, and the rest goes on', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  inspector.show('losses');
  calls[0]!.refuse(
    new StudioError({ code: 'not-comparable', message: 'It is an energy.', remedy: 'Leave.' }),
  );
  await settle();
  calls[1]!.answer(trace);
  await settle();
  expect(inspector.failure).toBeUndefined();
  expect(inspector.incomparable?.message).toBe('It is an energy.');
  expect(inspector.trace).toEqual(trace);
  inspector.clear();
  expect(inspector.incomparable).toBeUndefined();
});

test('a file is written where the person chose, and nowhere when they cancel', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  const bytes = new Uint8Array([1, 2]);
  const cancelled = inspector.save('a.csv', bytes);
  calls[0]!.answer({ path: null });
  expect(await cancelled).toBeUndefined();
  const saved = inspector.save('a.csv', bytes);
  calls[1]!.answer({ path: '/there/a.csv' });
  await settle();
  expect(calls[2]).toMatchObject({ name: 'export.file', input: { file: '/there/a.csv', bytes } });
  calls[2]!.answer({ file: '/there/a.csv', bytes: 2 });
  expect(await saved).toBe('/there/a.csv');
});

test('turns are those of the run’s GAN, and begin with G’s', async () => {
  const { api, calls } = slowApi();
  const phases = ENCODING.map(({ moves, roles }, index) => ({ name: `phase ${index}`, moves, roles }));
  const inspector = new Inspector(api, () => phases);
  expect([inspector.phase, inspector.mover]).toEqual(['phase 1', 'phase 1']);
  inspector.turnTo('phase 0');
  expect(calls[0]?.input).toEqual({ phase: 'phase 0', image: 0 });
  calls[0]!.answer({ ...trace, phases: phases.map((phase) => ({ ...phase, isDue: true })) });
  await settle();
  inspector.setMover(ALL_PHASES);
  expect(inspector.mover).toBe(ALL_PHASES);
  inspector.clear();
  expect([inspector.phase, inspector.mover]).toEqual(['phase 1', 'phase 1']);
});

test('nothing is asked for while no phase is known', async () => {
  const { api, calls } = slowApi();
  const inspector = new Inspector(api, () => []);
  await inspector.refresh();
  expect(calls).toEqual([]);
  expect(inspector.failure).toBeUndefined();
});
