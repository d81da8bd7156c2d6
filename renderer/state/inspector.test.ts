import { expect, test } from 'vitest';
import { ALL_PHASES, StudioError, type Trace } from '#main/contract/index.ts';
import { Inspector } from './inspector.svelte.ts';
import { fakeApi, held, settled } from './test-api.ts';
import { ENCODING, PAIR } from './test-phases.ts';

/** An app whose answers wait until the test sends them. */
function slowApi() {
  const traces = held<'inspect.trace'>();
  const comparisons = held<'inspect.compare'>();
  const { api, asked } = fakeApi({ 'inspect.trace': traces.hold, 'inspect.compare': comparisons.hold });
  return { api, asked, traces: traces.requests, comparisons: comparisons.requests };
}

const trace: Trace = {
  step: 3,
  phase: 'generator',
  roles: ['generator'],
  phases: PAIR.map((phase) => ({ ...phase, isDue: true })),
  batch: 4,
  image: 0,
  loss: 1,
  gradientNorm: 1,
  logitGradients: [],
  means: 'logit',
  reading: { of: 'probability' },
  passes: [],
};

test('one request is under way at a time, and the newest one is next', async () => {
  const { api, traces } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  inspector.choose(1);
  inspector.drawPoint(5);
  inspector.drawPoint(9);
  expect(traces).toHaveLength(1);
  traces[0]!.answer(trace);
  await settled();
  expect(traces.map(({ input }) => input).slice(1)).toEqual([{ phase: 'generator', image: 0, seed: 9 }]);
  traces[1]!.answer({ ...trace, step: 4 });
  await settled();
  expect(inspector.busy).toBe(false);
  expect(inspector.step).toBe(4);
});

test('after the last image of the batch comes the first, and choosing one leaves a chosen latent point', async () => {
  const { api, traces } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  traces[0]!.answer(trace);
  await settled();
  inspector.drawPoint(5);
  inspector.choose(-1);
  expect([inspector.image, inspector.seed]).toEqual([3, undefined]);
  inspector.choose(4);
  expect(inspector.image).toBe(0);
});

test('a refusal is shown with its remedy, and what was found before stays', async () => {
  const { api, traces, comparisons } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  void inspector.refresh();
  traces[0]!.answer(trace);
  await settled();
  inspector.show('losses');
  comparisons[0]!.refuse(
    new StudioError({ code: 'not-still', message: 'It moves.', remedy: 'Pause it first.' }),
  );
  await settled();
  expect(inspector.failure).toMatchObject({ code: 'not-still', remedy: 'Pause it first.' });
  expect(inspector.trace).toEqual(trace);
});

test('losses that cannot be compared are no failure: the panel says why, and the rest goes on', async () => {
  const { api, traces, comparisons } = slowApi();
  const inspector = new Inspector(api, () => PAIR);
  inspector.show('losses');
  comparisons[0]!.refuse(
    new StudioError({ code: 'not-comparable', message: 'It is an energy.', remedy: 'Leave.' }),
  );
  await settled();
  traces[0]!.answer(trace);
  await settled();
  expect(inspector.failure).toBeUndefined();
  expect(inspector.incomparable?.message).toBe('It is an energy.');
  expect(inspector.trace).toEqual(trace);
  inspector.clear();
  expect(inspector.incomparable).toBeUndefined();
});

test('a file is written where the person chose, and nowhere when they cancel', async () => {
  let chosen: string | null = null;
  const { api, inputsOf } = fakeApi({
    'export.chooseFile': () => ({ path: chosen }),
    'export.file': ({ file, bytes }) => ({ file, bytes: bytes.length }),
  });
  const inspector = new Inspector(api, () => PAIR);
  const bytes = new Uint8Array([1, 2]);
  expect(await inspector.save('a.csv', bytes)).toBeUndefined();
  expect(inputsOf('export.file')).toEqual([]);
  chosen = '/there/a.csv';
  expect(await inspector.save('a.csv', bytes)).toBe('/there/a.csv');
  expect(inputsOf('export.file')).toEqual([{ file: '/there/a.csv', bytes }]);
});

test('phases are those of the run’s GAN, and G’s is chosen first', async () => {
  const { api, traces } = slowApi();
  const phases = ENCODING.map(({ moves, roles }, index) => ({ name: `phase ${index}`, moves, roles }));
  const inspector = new Inspector(api, () => phases);
  expect([inspector.phase, inspector.mover]).toEqual(['phase 1', 'phase 1']);
  inspector.turnTo('phase 0');
  expect(traces[0]?.input).toEqual({ phase: 'phase 0', image: 0 });
  traces[0]!.answer({ ...trace, phases: phases.map((phase) => ({ ...phase, isDue: true })) });
  await settled();
  inspector.setMover(ALL_PHASES);
  expect(inspector.mover).toBe(ALL_PHASES);
  inspector.clear();
  expect([inspector.phase, inspector.mover]).toEqual(['phase 1', 'phase 1']);
});

test('nothing is asked for while no phase is known', async () => {
  const { api, asked } = slowApi();
  const inspector = new Inspector(api, () => []);
  await inspector.refresh();
  expect(asked).toEqual([]);
  expect(inspector.failure).toBeUndefined();
});
