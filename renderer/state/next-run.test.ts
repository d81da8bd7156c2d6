/** The next run is shown when the person prepares it, and starts once nothing hinders it. */
import { expect, test, vi } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { NextRun } from './next-run.svelte.ts';
import type { Run } from './run.svelte.ts';
import { fakeApi } from './test-api.ts';
import { summaryOf } from './test-dataset.ts';

const source = { kind: 'files' as const, paths: ['/cats'] };
const summary = summaryOf({ source, options: DEFAULT_DATASET_OPTIONS, leftOut: [] });

function nextRun({ active = false, starts = true } = {}) {
  const { api, asked } = fakeApi();
  const start = vi.fn<Run['start']>(async () => starts);
  const dataset = {
    summary,
    opening: undefined,
    failure: undefined,
    changed: undefined,
    choice: { source, options: DEFAULT_DATASET_OPTIONS, leftOut: [] },
    pictures: { settled: async () => undefined },
  };
  const run = { active, order: undefined, record: undefined, start };
  const next = new NextRun({
    api,
    dataset: dataset as unknown as ConstructorParameters<typeof NextRun>[0]['dataset'],
    run,
    taken: () => [],
  });
  next.settings.setBatch(2);
  return { next, dataset, start, asked };
}

test('a data set that the person opens shows the next run, unless a run is under way; the first one does not', () => {
  const { next } = nextRun();
  next.isShown = false;
  next.adopt(summary, 'itself');
  expect([next.isShown, next.settings.name]).toEqual([false, 'Set']);
  next.adopt(summary, 'person');
  expect(next.isShown).toBe(true);

  const training = nextRun({ active: true }).next;
  training.isShown = false;
  training.adopt(summary, 'person');
  expect(training.isShown).toBe(false);
});

test('it starts on the open data set with the settings, and the run that was started is shown instead', async () => {
  const { next, start } = nextRun();
  next.adopt(summary, 'person');
  next.settings.set('name', 'Mine');
  const begins = vi.fn();
  expect(await next.start('refuse', begins)).toBe(true);
  expect(begins).toHaveBeenCalledOnce();
  expect(start).toHaveBeenCalledWith(
    expect.objectContaining({
      name: 'Mine',
      dataset: { source, options: DEFAULT_DATASET_OPTIONS, leftOut: [] },
    }),
    'refuse',
  );
  expect([next.isShown, next.settings.name]).toEqual([false, 'Set']);
});

test('after a refused start it is shown again, with its name', async () => {
  const { next } = nextRun({ starts: false });
  next.adopt(summary, 'person');
  next.settings.set('name', 'Mine');
  expect(await next.start('refuse', () => undefined)).toBe(false);
  expect([next.isShown, next.settings.name]).toEqual([true, 'Mine']);
});

test('while something hinders it, it is neither started nor measured', async () => {
  const { next, start, asked } = nextRun();
  next.settings.setBatch(DEFAULT_RUN_CONFIG.batch);
  expect(next.hindrance?.message).toMatch(/^A batch of \d+ is larger/);
  const begins = vi.fn();
  expect(await next.start('refuse', begins)).toBeUndefined();
  expect(begins).not.toHaveBeenCalled();
  expect(start).not.toHaveBeenCalled();
  next.measure();
  expect(next.estimate.measuring).toBe(false);
  next.settings.setBatch(2);
  next.measure();
  expect(next.estimate.measuring).toBe(true);
  next.estimate.rest();
  expect(asked).toEqual([]);
});

test('the setting that a fix would change is at fault, and no other', () => {
  const { next } = nextRun();
  expect(next.isAtFault('batch')).toBe(false);
  next.settings.setBatch(summary.count + 1);
  expect([next.isAtFault('batch'), next.isAtFault('steps')]).toEqual([true, false]);
});
