/** What a window remembers of a run when the trainer refuses, answers late, or goes away. */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  StudioError,
  type Api,
  type CommandName,
  type CurrentRun,
} from '#main/contract/index.ts';
import { Run } from './run.svelte.ts';

const current = (status: CurrentRun['status'], step = 0): CurrentRun => ({
  folder: '/runs/digits',
  config: DEFAULT_RUN_CONFIG,
  status,
  step,
});

/** An api that answers every command with what `answer` gives. */
function apiOf(answer: (name: string) => Promise<unknown>): Api {
  return { call: (name) => answer(name) as ReturnType<Api['call']>, subscribe: () => () => undefined } as Api;
}

test('a refused start keeps the run before it', async () => {
  let refuse = false;
  const run = new Run(
    apiOf(async () => {
      if (refuse)
        throw new StudioError({ code: 'batch-too-large', message: 'Too large.', remedy: 'Lower it.' });
      return current('training');
    }),
  );
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 1, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'run-state', status: 'stopped', step: 1 });
  refuse = true;
  expect(await run.start(DEFAULT_RUN_CONFIG)).toBe(false);
  expect(run.failure?.code).toBe('batch-too-large');
  expect(run.record?.losses.length).toBe(1);
  expect(run.status).toBe('stopped');
});

test('events that overtake the answer to start are not lost and not undone', async () => {
  let answer: (current: CurrentRun) => void = () => undefined;
  const run = new Run(apiOf(() => new Promise((resolve) => (answer = resolve))));
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'training', step: 0 });
  run.apply({ type: 'losses', step: 1, losses: { discriminator: 1, generator: 2 } });
  run.apply({
    type: 'run-state',
    status: 'failed',
    step: 1,
    failure: { code: 'x', message: 'm', remedy: 'r' },
  });
  answer(current('training'));
  expect(await started).toBe(true);
  expect(run.record?.losses.length).toBe(1);
  expect(run.status).toBe('failed');
});

test('the last events of a stopped run do not end up in the next one', async () => {
  let answer: (current: CurrentRun) => void = () => undefined;
  const run = new Run(apiOf(() => new Promise((resolve) => (answer = resolve))));
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 900, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'run-state', status: 'stopped', step: 900 });
  answer(current('starting'));
  await started;
  expect(run.record?.losses.length).toBe(0);
  expect(run.status).toBe('starting');
});

test('a run whose process ended is interrupted, with all it had', async () => {
  const run = new Run(apiOf(async () => current('training')));
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 7, losses: { discriminator: 1, generator: 2 } });
  run.interrupted({ code: 'trainer-ended', message: 'Ended.', remedy: 'Start again.' });
  expect(run.status).toBe('interrupted');
  expect(run.active).toBe(false);
  expect(run.record?.step).toBe(7);
});

const history = {
  steps: Uint32Array.of(1, 2, 3, 4),
  losses: { discriminator: Float32Array.of(1, 2, 3, 4), generator: Float32Array.of(5, 6, 7, 8) },
  measures: {},
  metrics: { steps: new Uint32Array(), values: {}, errors: {} },
  yardsticks: {},
  samples: [0, 2, 4],
  dataChanges: [],
  health: [],
  skipped: 0,
};
const images = { count: 1, size: 1, channels: 1, pixels: new Uint8Array(1) };

test('a resumed run has its past up to the checkpoint, and what came after it is gone', async () => {
  const run: Run = new Run(
    apiOf(async (name) => {
      if (name === 'runs.history') return history;
      if (name === 'runs.samples') return images;
      run.apply({ type: 'resumed', step: 2 });
      run.apply({ type: 'run-state', status: 'training', step: 2 });
      run.apply({ type: 'losses', step: 3, losses: { discriminator: 9, generator: 9 } });
      return current('training', 2);
    }),
  );
  expect(await run.resume({ folder: '/runs/digits' })).toBe(true);
  expect([...run.record!.losses.steps]).toEqual([1, 2, 3]);
  expect([...run.record!.losses.column('discriminator')]).toEqual([1, 2, 9]);
  expect(run.record!.samples.steps).toEqual([0, 2]);
  expect(run.status).toBe('training');
});

test('lines of its log that are no events are counted, and said once', async () => {
  const run = new Run(
    apiOf((name) =>
      Promise.resolve(name === 'runs.history' ? { ...history, skipped: 3 } : current('training', 2)),
    ),
  );
  await run.resume({ folder: '/runs/digits' });
  await run.record?.readPast();
  expect(run.record?.remarks.map(({ title, times }) => [title, times])).toEqual([
    ['3 lines of this run’s log could not be read and were skipped.', 1],
  ]);
});

test('a damaged checkpoint passed over at a resume is told of the resumed run, not of the one before', async () => {
  const run: Run = new Run(
    apiOf(async (name) => {
      if (name === 'runs.history') return history;
      if (name === 'runs.samples') return images;
      if (name === 'run.resume')
        run.apply({ type: 'warning', step: 2, failure: { code: 'damaged', message: 'm', remedy: 'r' } });
      return current('training', 2);
    }),
  );
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'stopped', step: 9 });
  const before = run.record;
  await run.resume({ folder: '/runs/digits' });
  expect(before?.remarks).toEqual([]);
  expect(run.record?.remarks.map(({ code }) => code)).toEqual(['damaged']);
});

test('a page that was reloaded finds the run, and joins its past to what comes', async () => {
  let answer: (past: typeof history) => void = () => undefined;
  const run = new Run(
    apiOf((name) => {
      if (name === 'run.current') return Promise.resolve(current('training', 3));
      return name === 'runs.history' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(images);
    }),
  );
  await run.find();
  run.apply({ type: 'losses', step: 4, losses: { discriminator: 40, generator: 40 } });
  run.apply({ type: 'losses', step: 5, losses: { discriminator: 50, generator: 50 } });
  answer(history);
  await Promise.resolve();
  await Promise.resolve();
  expect([...run.record!.losses.column('discriminator')]).toEqual([1, 2, 3, 40, 50]);
  expect(run.status).toBe('training');
});

test('a refused step takes the run back, and says so', async () => {
  const run = new Run(apiOf(async () => current('training')));
  await run.start(DEFAULT_RUN_CONFIG);
  for (const step of [1, 2, 3])
    run.apply({ type: 'losses', step, losses: { discriminator: step, generator: step } });
  run.apply({
    type: 'step-refused',
    step: 1,
    refusedStep: 4,
    learningRateFactor: 0.25,
    failure: { code: 'not-finite', message: 'The loss of D is NaN.', remedy: 'Lower it.' },
  });
  expect(run.record?.step).toBe(1);
  expect(run.record?.losses.length).toBe(1);
  expect(run.record?.remarks[0]?.title).toContain('Step 4 was refused: The loss of D is NaN.');
  expect(run.record?.remarks[0]?.remedy).toContain('back to step 1 and goes on with learning rates × 0.25');
});

test('a run that goes on with other pictures says so before it trains, and once in all', async () => {
  const change = { step: 2, message: '10 of 40 pictures are missing.' };
  const run: Run = new Run(
    apiOf(async (name) => {
      if (name === 'runs.history') return { ...history, dataChanges: [change] };
      if (name === 'runs.samples') return images;
      run.apply({ type: 'data-changed', ...change });
      run.apply({ type: 'run-state', status: 'training', step: 2 });
      return current('training', 2);
    }),
  );
  await run.resume({ folder: '/runs/digits' });
  expect(run.record!.dataChanges).toEqual([change]);
  expect(run.record!.remarks).toMatchObject([
    { title: 'From step 2 on with other pictures.', remedy: change.message, times: 1 },
  ]);
});

test('a second change of the pictures at the same step is said too', async () => {
  const run: Run = new Run(apiOf(async () => current('training', 2)));
  await run.start(DEFAULT_RUN_CONFIG);
  const changes = ['10 of 40 pictures are missing.', '10 of 40 pictures are new.'].map((message) => ({
    step: 2,
    message,
  }));
  for (const change of [...changes, ...changes]) run.apply({ type: 'data-changed', ...change });
  expect(run.record!.dataChanges).toEqual(changes);
  expect(run.record!.remarks).toMatchObject([{ remedy: changes[1]!.message, times: 2 }]);
});

test('the run that was asked for is shown at once, and the one before it comes back when it is cancelled', async () => {
  const answers: { resolve: (current: CurrentRun) => void; reject: (error: Error) => void }[] = [];
  const run = new Run(
    apiOf((name) =>
      name === 'run.cancel'
        ? Promise.resolve(current('stopped', 9))
        : new Promise((resolve, reject) => answers.push({ resolve, reject })),
    ),
  );
  const first = run.start(DEFAULT_RUN_CONFIG);
  answers[0]!.resolve(current('training'));
  await first;
  run.apply({ type: 'run-state', status: 'stopped', step: 9 });
  const before = run.record;
  const second = run.start({ ...DEFAULT_RUN_CONFIG, name: 'Second' });
  expect(run.record?.config?.name).toBe('Second');
  expect(run.status).toBe('starting');
  run.apply({ type: 'checkpoint-saved', step: 9, file: 'checkpoints/9' });
  expect(before?.checkpoint).toBe(9);
  await run.cancel();
  answers[1]!.reject(new StudioError({ code: 'cancelled', message: 'Cancelled.', remedy: 'Start again.' }));
  expect(await second).toBe(false);
  expect(run.record).toBe(before);
  expect(run.status).toBe('stopped');
  expect(run.failure).toBeUndefined();
});

test('where Cancel comes too late, the run that has begun is stopped', async () => {
  const asked: string[] = [];
  let begin: (current: CurrentRun) => void = () => undefined;
  const run = new Run(
    apiOf((name) => {
      asked.push(name);
      if (name === 'run.start') return new Promise<CurrentRun>((resolve) => (begin = resolve));
      if (name === 'run.cancel') begin(current('training'));
      return Promise.resolve(current(name === 'run.stop' ? 'stopped' : 'training', 2));
    }),
  );
  const started = run.start(DEFAULT_RUN_CONFIG);
  await run.cancel();
  expect(await started).toBe(true);
  expect(asked).toEqual(['run.start', 'run.cancel', 'run.stop']);
  expect(run.status).toBe('stopped');
});

test('a resume that is cancelled while its past is read is never asked for', async () => {
  const asked: string[] = [];
  let read: (past: typeof history) => void = () => undefined;
  const run = new Run(
    apiOf((name) => {
      asked.push(name);
      return name === 'runs.history' ? new Promise((resolve) => (read = resolve)) : Promise.resolve(null);
    }),
  );
  const resumed = run.resume({ folder: '/runs/digits' });
  await run.cancel();
  read(history);
  expect(await resumed).toBe(false);
  expect(asked).not.toContain('run.resume');
  expect({ record: run.record, failure: run.failure }).toEqual({ record: undefined, failure: undefined });
});

test('a run whose last state was refused by the disk is saved again, or says why not', async () => {
  let full = true;
  const refused = { code: 'not-written', message: 'The disk is full.', remedy: 'Free some space.' };
  const run: Run = new Run(
    apiOf(async (name) => {
      if (name !== 'run.save') return current('training');
      if (full) throw new StudioError(refused);
      return current('finished', 300);
    }),
  );
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'unsaved', step: 300, failure: refused });
  expect(run.active).toBe(true);
  await run.save();
  expect(run.status).toBe('unsaved');
  expect(run.failure).toBeUndefined();
  expect(run.record?.failure?.message).toBe('The disk is full.');
  full = false;
  await run.save();
  expect(run.status).toBe('finished');
  expect(run.active).toBe(false);
});

test('a warning goes when its trouble is over, and others stay', async () => {
  const run = new Run(apiOf(async () => current('training')));
  await run.start(DEFAULT_RUN_CONFIG);
  for (const code of ['not-written', 'damaged'])
    run.apply({ type: 'warning', step: 1, failure: { code, message: code, remedy: 'r' } });
  run.apply({ type: 'trouble-over', step: 2, code: 'not-written' });
  expect(run.record?.remarks.map(({ code }) => code)).toEqual(['damaged']);
});

test('a checkpoint that is opened shows the samples of its step, and the newest shows the newest', async () => {
  const asked: unknown[] = [];
  const at = { newest: 4, 2: 2 } as const;
  const run = new Run({
    call: async (name: CommandName, input: { checkpoint: 'newest' | 2 }) => {
      if (name === 'runs.history') return history;
      if (name === 'runs.samples') return images;
      if (name === 'runs.checkpoints') return [];
      asked.push(input);
      return current('stopped', at[input.checkpoint]);
    },
    subscribe: () => () => undefined,
  } as unknown as Api);
  await run.open('/runs/digits', 2);
  expect(run.record!.step).toBe(2);
  expect(run.record!.samples.pinned).toBe(2);
  await run.open('/runs/digits');
  expect(run.record!.samples.pinned).toBeUndefined();
  expect(asked).toEqual([
    { folder: '/runs/digits', checkpoint: 2 },
    { folder: '/runs/digits', checkpoint: 'newest' },
  ]);
});
