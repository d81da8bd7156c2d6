/** What the window keeps of a run when the trainer refuses, answers late, or ends. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type CommandInput } from '#main/contract/index.ts';
import { Run } from './run.svelte.ts';
import { fakeApi, held, settled, type Answers } from './test-api.ts';
import { current, HISTORY, pixels } from './test-run.ts';

/** A run whose past can be read, and which trains unless the test says otherwise. */
const runWith = (answers: Answers = {}): Run =>
  new Run(
    fakeApi({
      'run.start': () => current('training'),
      'runs.history': () => HISTORY,
      'runs.samples': () => pixels(1),
      'runs.checkpoints': () => [],
      ...answers,
    }).api,
  );

test('a refused start keeps the run before it', async () => {
  let refuse = false;
  const run = runWith({
    'run.start': () => {
      if (refuse)
        throw new StudioError({ code: 'batch-too-large', message: 'Too large.', remedy: 'Lower it.' });
      return current('training');
    },
  });
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 1, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'run-state', status: 'stopped', step: 1 });
  refuse = true;
  expect(await run.start(DEFAULT_RUN_CONFIG)).toBe(false);
  expect(run.failure?.code).toBe('batch-too-large');
  expect(run.record?.curves.losses.length).toBe(1);
  expect(run.status).toBe('stopped');
});

test('events that overtake the answer to start are not lost and not undone', async () => {
  const { requests, hold } = held<'run.start'>();
  const run = runWith({ 'run.start': hold });
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'training', step: 0 });
  run.apply({ type: 'losses', step: 1, losses: { discriminator: 1, generator: 2 } });
  run.apply({
    type: 'run-state',
    status: 'failed',
    step: 1,
    failure: { code: 'x', message: 'm', remedy: 'r' },
  });
  requests[0]?.answer(current('training'));
  expect(await started).toBe(true);
  expect(run.record?.curves.losses.length).toBe(1);
  expect(run.status).toBe('failed');
});

test('the last events of a stopped run do not end up in the next one', async () => {
  const { requests, hold } = held<'run.start'>();
  const run = runWith({ 'run.start': hold });
  const started = run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 900, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'run-state', status: 'stopped', step: 900 });
  requests[0]?.answer(current('starting'));
  await started;
  expect(run.record?.curves.losses.length).toBe(0);
  expect(run.status).toBe('starting');
});

test('a run whose process ended is interrupted, with all it had', async () => {
  const run = runWith();
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 7, losses: { discriminator: 1, generator: 2 } });
  run.interrupted({ code: 'trainer-ended', message: 'Ended.', remedy: 'Start again.' });
  expect(run.status).toBe('interrupted');
  expect(run.active).toBe(false);
  expect(run.record?.step).toBe(7);
});

test('a resumed run has its past up to the checkpoint, and what came after it is gone', async () => {
  const run: Run = runWith({
    'run.resume': () => {
      run.apply({ type: 'resumed', step: 2 });
      run.apply({ type: 'run-state', status: 'training', step: 2 });
      run.apply({ type: 'losses', step: 3, losses: { discriminator: 9, generator: 9 } });
      return current('training', 2);
    },
  });
  expect(await run.resume({ folder: '/runs/digits' })).toBe(true);
  expect([...run.record!.curves.losses.steps]).toEqual([1, 2, 3]);
  expect([...run.record!.curves.losses.column('discriminator')]).toEqual([1, 2, 9]);
  expect(run.record!.samples.steps).toEqual([0, 2]);
  expect(run.status).toBe('training');
});

test('lines of the log that are no events are counted in one remark', async () => {
  const run = runWith({
    'runs.history': () => ({ ...HISTORY, skipped: 3 }),
    'run.resume': () => current('training', 2),
  });
  await run.resume({ folder: '/runs/digits' });
  await run.record?.readPast();
  expect(run.record?.remarks.map(({ title, times }) => [title, times])).toEqual([
    ['3 lines of this run’s log could not be read and were skipped.', 1],
  ]);
});

test('a damaged checkpoint that a resume skips is a remark of the resumed run, not of the one before', async () => {
  const run: Run = runWith({
    'run.start': () => current('training', 2),
    'run.resume': () => {
      run.apply({ type: 'warning', step: 2, failure: { code: 'damaged', message: 'm', remedy: 'r' } });
      return current('training', 2);
    },
  });
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'run-state', status: 'stopped', step: 9 });
  const before = run.record;
  await run.resume({ folder: '/runs/digits' });
  expect(before?.remarks).toEqual([]);
  expect(run.record?.remarks.map(({ code }) => code)).toEqual(['damaged']);
});

test('a reloaded page finds the run, and adds its past to the events that come', async () => {
  const { requests, hold } = held<'runs.history'>();
  const run = runWith({ 'run.current': () => current('training', 3), 'runs.history': hold });
  await run.find();
  run.apply({ type: 'losses', step: 4, losses: { discriminator: 40, generator: 40 } });
  run.apply({ type: 'losses', step: 5, losses: { discriminator: 50, generator: 50 } });
  requests[0]?.answer(HISTORY);
  await settled();
  expect([...run.record!.curves.losses.column('discriminator')]).toEqual([1, 2, 3, 40, 50]);
  expect(run.status).toBe('training');
});

test('a refused step takes the run back, and says so', async () => {
  const run = runWith();
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
  expect(run.record?.curves.losses.length).toBe(1);
  expect(run.record?.remarks[0]?.title).toContain('Step 4 was refused: The loss of D is NaN.');
  expect(run.record?.remarks[0]?.remedy).toContain('back to step 1 and goes on with learning rates × 0.25');
});

test('a run that goes on with other pictures says so before it trains, and once in all', async () => {
  const change = { step: 2, message: '10 of 40 pictures are missing.' };
  const run: Run = runWith({
    'runs.history': () => ({ ...HISTORY, dataChanges: [change] }),
    'run.resume': () => {
      run.apply({ type: 'data-changed', ...change });
      run.apply({ type: 'run-state', status: 'training', step: 2 });
      return current('training', 2);
    },
  });
  await run.resume({ folder: '/runs/digits' });
  expect(run.record!.dataChanges).toEqual([change]);
  expect(run.record!.remarks).toMatchObject([
    { title: 'From step 2 on, the run trains on other pictures.', remedy: change.message, times: 1 },
  ]);
});

test('a second change of the pictures at the same step is a remark too', async () => {
  const run: Run = runWith({ 'run.start': () => current('training', 2) });
  await run.start(DEFAULT_RUN_CONFIG);
  const changes = ['10 of 40 pictures are missing.', '10 of 40 pictures are new.'].map((message) => ({
    step: 2,
    message,
  }));
  for (const change of [...changes, ...changes]) run.apply({ type: 'data-changed', ...change });
  expect(run.record!.dataChanges).toEqual(changes);
  expect(run.record!.remarks).toMatchObject([{ remedy: changes[1]!.message, times: 2 }]);
});

test('a requested run is shown at once, and the one before it comes back if it is cancelled', async () => {
  const { requests, hold } = held<'run.start'>();
  const run = runWith({ 'run.start': hold, 'run.cancel': () => current('stopped', 9) });
  const first = run.start(DEFAULT_RUN_CONFIG);
  requests[0]!.answer(current('training'));
  await first;
  run.apply({ type: 'run-state', status: 'stopped', step: 9 });
  const before = run.record;
  const second = run.start({ ...DEFAULT_RUN_CONFIG, name: 'Second' });
  expect(run.record?.config?.name).toBe('Second');
  expect(run.status).toBe('starting');
  run.apply({ type: 'checkpoint-saved', step: 9, file: 'checkpoints/9' });
  expect(before?.checkpoint).toBe(9);
  await run.cancel();
  requests[1]!.refuse(new StudioError({ code: 'cancelled', message: 'Cancelled.', remedy: 'Start again.' }));
  expect(await second).toBe(false);
  expect(run.record).toBe(before);
  expect(run.status).toBe('stopped');
  expect(run.failure).toBeUndefined();
});

test('if Cancel comes too late, the run that has begun is stopped', async () => {
  const { requests, hold } = held<'run.start'>();
  const { api, asked } = fakeApi({
    'run.start': hold,
    'run.cancel': () => {
      requests[0]?.answer(current('training'));
      return current('training', 2);
    },
    'run.stop': () => current('stopped', 2),
  });
  const run = new Run(api);
  const started = run.start(DEFAULT_RUN_CONFIG);
  await run.cancel();
  expect(await started).toBe(true);
  expect(asked.map(({ name }) => name)).toEqual(['run.start', 'run.cancel', 'run.stop']);
  expect(run.status).toBe('stopped');
});

test('a resume that is cancelled while its past is read is never requested', async () => {
  const { requests, hold } = held<'runs.history'>();
  const { api, inputsOf } = fakeApi({ 'runs.history': hold, 'run.cancel': () => null });
  const run = new Run(api);
  const resumed = run.resume({ folder: '/runs/digits' });
  await run.cancel();
  requests[0]?.answer(HISTORY);
  expect(await resumed).toBe(false);
  expect(inputsOf('run.resume')).toEqual([]);
  expect({ record: run.record, failure: run.failure }).toEqual({ record: undefined, failure: undefined });
});

test('a run whose last state could not be saved tries again, or says why not', async () => {
  let full = true;
  const refused = { code: 'not-written', message: 'The disk is full.', remedy: 'Free some space.' };
  const run: Run = runWith({
    'run.save': () => {
      if (full) throw new StudioError(refused);
      return current('finished', 300);
    },
  });
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

test('a warning is gone when its trouble is over, and others stay', async () => {
  const run = runWith();
  await run.start(DEFAULT_RUN_CONFIG);
  for (const code of ['not-written', 'damaged'])
    run.apply({ type: 'warning', step: 1, failure: { code, message: code, remedy: 'r' } });
  run.apply({ type: 'trouble-over', step: 2, code: 'not-written' });
  expect(run.record?.remarks.map(({ code }) => code)).toEqual(['damaged']);
});

test('opening a checkpoint shows the samples of its step, and opening the newest shows the newest', async () => {
  const asked: CommandInput<'run.open'>[] = [];
  const run = runWith({
    'run.open': (input) => {
      asked.push(input);
      return current('stopped', input.checkpoint === 2 ? 2 : 4);
    },
  });
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
