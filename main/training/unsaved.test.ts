import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunConfig, type RunEvent } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { listRun, readHistory, Run } from '../runs/index.ts';
import { fullDisk } from '../runs/test-full-disk.ts';
import { Session } from './session.ts';
import { train } from './train.ts';
import { SMALL_RUN } from './test-run.ts';

const config: RunConfig = {
  ...SMALL_RUN,
  steps: 6,
  samples: { count: 4, everySteps: 100 },
  checkpoints: { everySteps: 2, everyMinutes: 5, keep: 2 },
};
const dataset = noiseDataset({ size: 28, channels: 1, count: 16 });

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-unsaved-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

type RunOptions = {
  changes?: Partial<RunConfig>;
  stopAfter?: number;
  onEvent?: (event: RunEvent) => void;
  endsUnsaved?: AbortSignal;
};

/** Trains a run in `folder`, or resumes the one that is there; collects its events in `events`. */
async function follow(events: RunEvent[], given: RunOptions = {}): Promise<Run> {
  const { changes = {}, stopAfter = Infinity, onEvent, endsUnsaved } = given;
  const place = path.join(folder, 'run');
  const run = fs.existsSync(place) ? Run.open(place) : Run.create(place, { ...config, ...changes });
  const checkpoint = run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined;
  const session = new Session(run.config, checkpoint);
  const stop = new AbortController();
  try {
    const steps = train({ session, dataset, run, signal: stop.signal, ...(endsUnsaved && { endsUnsaved }) });
    for await (const batch of steps)
      for (const event of batch) {
        events.push(event);
        onEvent?.(event);
        if (event.type === 'losses' && event.step >= stopAfter) stop.abort();
      }
    return run;
  } finally {
    session.dispose();
  }
}

const stepsOf = (events: RunEvent[], type: RunEvent['type']) =>
  events.filter((event) => event.type === type).map(({ step }) => step);
const statesOf = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'run-state' ? [event.status] : []));
const warningsOf = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.failure] : []));
const never = () => new AbortController().signal;

test('the state at the end is sampled, whichever step that is', async () => {
  const events: RunEvent[] = [];
  const run = await follow(events);
  expect(stepsOf(events, 'samples')).toEqual([0, 6]);
  expect(run.hasSamples(6)).toBe(true);
  expect(readHistory(run.folder).samples).toEqual([0, 6]);
});

test('a step that was sampled already is not sampled again at the end', async () => {
  const events: RunEvent[] = [];
  await follow(events, { changes: { samples: { count: 4, everySteps: 3 } } });
  expect(stepsOf(events, 'samples')).toEqual([0, 3, 6]);
});

test('a stopped run is sampled where it stopped, and once more only when it has gone on', async () => {
  const [first, second, third]: RunEvent[][] = [[], [], []];
  await follow(first!, { stopAfter: 3 });
  expect(stepsOf(first!, 'samples')).toEqual([0, 3]);
  await follow(second!, { stopAfter: -1, onEvent: () => undefined });
  expect(stepsOf(second!, 'samples')).toEqual([4]);
  await follow(third!);
  expect(stepsOf(third!, 'samples')).toEqual([6]);
});

test('a run that is resumed and stopped before a step has its grid already, unless the file is gone', async () => {
  const place = path.join(folder, 'run');
  await follow([], { stopAfter: 3 });
  const stopped = async () => {
    const events: RunEvent[] = [];
    const run = Run.open(place);
    const session = new Session(run.config, run.newestCheckpoint().checkpoint);
    const signal = AbortSignal.abort();
    for await (const batch of train({ session, dataset, run, signal })) events.push(...batch);
    session.dispose();
    return stepsOf(events, 'samples');
  };
  expect(await stopped()).toEqual([]);
  fs.rmSync(path.join(place, Run.samplesFile(3)));
  expect(await stopped()).toEqual([3]);
});

test('a last state that the disk refuses waits, and the run ends as it would have once it is saved', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  let refusals = 0;
  const run = await follow(events, {
    endsUnsaved: never(),
    onEvent(event) {
      if (event.type === 'losses' && event.step === 5) disk.fill();
      if (event.type !== 'run-state' || event.status !== 'unsaved') return;
      expect(event.failure).toEqual({
        code: 'not-written',
        message: 'The last state of the run could not be saved: the disk is full.',
        remedy: 'Free some space on this disk, then save again.',
      });
      refusals += 1;
      if (refusals === 2) disk.free();
    },
  });
  expect(statesOf(events)).toEqual(['training', 'unsaved', 'unsaved', 'finished']);
  expect(run.newestCheckpoint().checkpoint.step).toBe(6);
  expect(run.hasSamples(6)).toBe(true);
  expect([...readHistory(run.folder).steps]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(listRun(run.folder).status).toBe('finished');
});

test('a disk that is full at the end is reported once: as unsaved, not as a warning that training goes on', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  await follow(events, {
    changes: { checkpoints: { everySteps: 100, everyMinutes: 5, keep: 2 } },
    endsUnsaved: never(),
    onEvent(event) {
      if (event.type === 'losses' && event.step === 6) disk.fill();
      if (event.type === 'run-state' && event.status === 'unsaved') disk.free();
    },
  });
  expect(warningsOf(events)).toEqual([]);
  expect(stepsOf(events, 'trouble-over')).toEqual([]);
  expect(statesOf(events)).toEqual(['training', 'unsaved', 'finished']);
});

test('ended unsaved, it has failed: it says which steps are lost, and which checkpoint is kept', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  const ended = follow(events, {
    onEvent: (event) => {
      if (event.type === 'losses' && event.step === 5) disk.fill();
    },
  });
  const failure = {
    code: 'not-written',
    message:
      'The last state of the run could not be saved: the disk is full. Steps 5 to 6 are lost; everything up to the checkpoint of step 4 is kept.',
    remedy: 'Free some space on this disk, then resume the run.',
  };
  await expect(ended).rejects.toMatchObject(failure);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'failed', failure });
  expect(statesOf(events)).toEqual(['training', 'failed']);
});

test('ended unsaved before the first checkpoint, everything is lost, and it says so', async () => {
  const disk = fullDisk();
  const ended = follow([], {
    changes: { steps: 1 },
    onEvent: (event) => {
      if (event.type === 'losses') disk.fill('EDQUOT');
    },
  });
  await expect(ended).rejects.toMatchObject({
    message:
      'The last state of the run could not be saved: your share of the disk is full. Step 1 is lost; there is no checkpoint.',
  });
});

test('a trouble is reported once, however often the disk refuses, and once more when everything can be written again', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  const run = await follow(events, {
    changes: { steps: 9, samples: { count: 4, everySteps: 1 } },
    onEvent(event) {
      if (event.type !== 'losses') return;
      if (event.step === 3) disk.fill();
      if (event.step === 7) disk.free();
    },
  });
  expect(warningsOf(events)).toMatchObject([
    {
      code: 'not-written',
      message: expect.stringMatching(
        /was not written: the disk is full\. Training goes on, and saving is tried again\.$/,
      ) as string,
      remedy: 'Free some space on this disk.',
    },
  ]);
  const over = events.filter((event) => event.type === 'trouble-over');
  expect(over).toEqual([{ type: 'trouble-over', step: 8, code: 'not-written' }]);
  expect(statesOf(events)).toEqual(['training', 'finished']);
  const logged = fs.readFileSync(path.join(run.folder, 'events.jsonl'), 'utf8');
  expect(logged.match(/"type":"(warning|trouble-over)"/g)).toEqual([
    '"type":"warning"',
    '"type":"trouble-over"',
  ]);
  expect([...readHistory(run.folder).steps]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the trouble of a lost checkpoint is over with the next file, not with the log alone', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  await follow(events, {
    changes: { steps: 9, checkpoints: { everySteps: 4, everyMinutes: 5, keep: 2 } },
    onEvent(event) {
      if (event.type === 'losses' && event.step === 3) disk.fill();
      if (event.type === 'losses' && event.step === 5) disk.free();
    },
  });
  expect(stepsOf(events, 'trouble-over')).toEqual([8]);
});

test('the trouble of a lost checkpoint is not over with samples that can be written', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  await follow(events, {
    changes: {
      steps: 9,
      samples: { count: 4, everySteps: 1 },
      checkpoints: { everySteps: 4, everyMinutes: 5, keep: 2 },
    },
    onEvent(event) {
      if (event.type === 'losses' && event.step === 3) disk.fill();
      if (event.type === 'losses' && event.step === 5) disk.free();
    },
  });
  expect(warningsOf(events)).toHaveLength(1);
  expect(stepsOf(events, 'trouble-over')).toEqual([8]);
});

test('a last state that is refused again and again is measured once, when it is saved', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  let refusals = 0;
  await follow(events, {
    changes: { steps: 5 },
    endsUnsaved: never(),
    onEvent(event) {
      if (event.type === 'losses' && event.step === 5) disk.fill();
      if (event.type !== 'run-state' || event.status !== 'unsaved') return;
      refusals += 1;
      if (refusals === 3) disk.free();
    },
  });
  expect(refusals).toBe(3);
  expect(stepsOf(events, 'measures')).toEqual([0, 2, 4, 5]);
});

test('another cause is another trouble', async () => {
  const disk = fullDisk();
  const events: RunEvent[] = [];
  await follow(events, {
    onEvent(event) {
      if (event.type === 'losses' && event.step === 1) disk.fill();
      if (event.type === 'losses' && event.step === 3) disk.fill('EROFS');
      if (event.type === 'losses' && event.step === 5) disk.free();
    },
  });
  expect(warningsOf(events).map(({ remedy }) => remedy)).toEqual([
    'Free some space on this disk.',
    'Make the disk writable again.',
  ]);
  expect(stepsOf(events, 'trouble-over')).toHaveLength(1);
});
