import { expect, test } from 'vitest';
import { FirstRun } from './first-run.svelte.ts';

type FirstRunInput = ConstructorParameters<typeof FirstRun>[0];

function firstRun({
  isReady = true,
  recommended = 'usual',
}: { isReady?: boolean; recommended?: string } = {}) {
  const done: string[] = [];
  const note = (what: string) => () => void done.push(what);
  const settings = {
    catalogue: undefined,
    origin: {
      recommended: recommended === '' ? undefined : { kind: recommended },
      choose: (kind: string) => note(`preset ${kind}`)(),
    },
    length: { setStepsOfPreset: note('steps of the preset') },
    load: () => Promise.resolve(note('load')()),
  } as unknown as FirstRunInput['settings'];
  const run = new FirstRun({
    dataset: { open: { readyBuiltIn: (name) => Promise.resolve(note(name)()).then(() => isReady) } },
    settings,
    start: () => Promise.resolve(note('start')()),
    next: { check: { forget: note('forget') } },
    navigation: { shows: () => !done.includes('start'), go: (view) => note(view)() },
  });
  return { run, done };
}

test('the digits are opened, their recommended settings chosen, and a run started', async () => {
  const { run, done } = firstRun();
  const training = run.trainDigits();
  expect(run.preparing).toBe(true);
  await training;
  expect(done).toEqual(['load', 'digits', 'preset usual', 'steps of the preset', 'forget', 'start']);
  expect(run.preparing).toBe(false);
});

test('a second press while it prepares does nothing', async () => {
  const { run, done } = firstRun();
  await Promise.all([run.trainDigits(), run.trainDigits()]);
  expect(done.filter((what) => what === 'start')).toHaveLength(1);
});

test.each([{ isReady: false }, { recommended: '' }])(
  'nothing starts if something is missing: %j',
  async (given) => {
    const { run, done } = firstRun(given);
    await run.trainDigits();
    expect(done.at(-1)).toBe('train');
    expect(done).not.toContain('start');
  },
);
