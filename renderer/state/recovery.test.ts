/** An interrupted run can be resumed until it is dismissed, and a crash says what is kept. */
import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunListing } from '#main/contract/index.ts';
import type { Dataset } from './dataset.svelte.ts';
import { Library } from './library.svelte.ts';
import { Recovery } from './recovery.svelte.ts';
import { Run } from './run.svelte.ts';
import { fakeApi } from './test-api.ts';
import { current } from './test-run.ts';

const interrupted: RunListing = {
  folder: '/runs/a',
  config: DEFAULT_RUN_CONFIG,
  note: '',
  status: 'interrupted',
  step: 1234,
  started: 0,
  changed: 2,
  trainedSeconds: 1,
  checkpoint: 1000,
};
const failure = { code: 'host-crashed', message: 'It ended.', remedy: 'Go on.' };

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

async function recoveryWith(list: RunListing[]) {
  const { api } = fakeApi({
    'runs.list': () => ({ runs: list, damaged: [] }),
    'run.start': () => ({ ...current('training'), folder: '/runs/a' }),
  });
  const run = new Run(api);
  const library = new Library({ api, run });
  await library.load();
  return { run, recovery: new Recovery({ run, library, dataset: { summary: undefined } as Dataset }) };
}

test('the newest run is offered when it was interrupted, and not again once dismissed', async () => {
  const { recovery } = await recoveryWith([interrupted]);
  recovery.offer();
  expect(recovery.trouble).toMatchObject({
    title: 'Digits was interrupted at step 1,234',
    resumable: '/runs/a',
  });
  recovery.dismiss();
  recovery.offer();
  expect(recovery.trouble).toBeUndefined();
});

test('an interrupted run that another process trains, or that is not the newest, is not offered', async () => {
  const held = { ...interrupted, holder: { pid: 1, program: 'gan-studio', since: '' } };
  for (const list of [
    [held],
    [
      { ...interrupted, changed: 1 },
      { ...interrupted, folder: '/runs/b', status: 'stopped' as const },
    ],
  ]) {
    const { recovery } = await recoveryWith(list);
    recovery.offer();
    expect(recovery.trouble).toBeUndefined();
  }
});

test('a crash during a run names the checkpoint that is kept, and offers to resume from it', async () => {
  const { recovery, run } = await recoveryWith([interrupted]);
  await run.start(DEFAULT_RUN_CONFIG);
  await recovery.crashed({ type: 'host-crashed', host: 'trainer', failure });
  expect(recovery.trouble).toMatchObject({ kind: 'crash', text: 'It ended. Go on.', resumable: '/runs/a' });
  expect(recovery.trouble?.kept).toContain('checkpoint of step 1,000');
});

test('a crash without a run offers nothing', async () => {
  const { recovery } = await recoveryWith([interrupted]);
  await recovery.crashed({ type: 'host-crashed', host: 'trainer', failure });
  expect(recovery.trouble?.resumable).toBeUndefined();
});
