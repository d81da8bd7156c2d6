import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runEventSchema, type RunConfig, type RunEvent } from '../contract/index.ts';
import { noiseDataset, type Dataset } from '../datasets/index.ts';
import { listRuns, readHistory, Run } from '../runs/index.ts';
import { Session } from './session.ts';
import { train } from './train.ts';
import { SMALL_RUN } from './test-run.ts';

const config: RunConfig = {
  ...SMALL_RUN,
  steps: 7,
  samples: { count: 4, everySteps: 3 },
  checkpoints: { everySteps: 2, everyMinutes: 5, keep: 2 },
  // Time to measure every checkpoint, on a busy machine too.
  measuring: { share: 0.5, best: 'kid' },
};

const noise = (batch?: Dataset['batch']) =>
  noiseDataset({ size: 28, channels: 1, count: 16, ...(batch ? { batch } : {}) });
const dataset = noise();

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-train-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

type RunOptions = {
  stopAfter?: number;
  name?: string;
  data?: Dataset;
  onEvent?: (event: RunEvent, run: Run) => void;
};

/** Trains a new run, or resumes the one of that name, and collects its events. */
async function collect({
  stopAfter = Infinity,
  name = 'run',
  data = dataset,
  onEvent,
}: RunOptions = {}): Promise<{
  events: RunEvent[];
  run: Run;
}> {
  const place = path.join(folder, name);
  const run = fs.existsSync(place) ? Run.open(place) : Run.create(place, config);
  const session = new Session(
    config,
    run.checkpointSteps().length > 0 ? run.newestCheckpoint().checkpoint : undefined,
  );
  const stop = new AbortController();
  const events: RunEvent[] = [];
  try {
    for await (const step of train({ session, dataset: data, run, signal: stop.signal })) {
      for (const event of step) {
        events.push(event);
        onEvent?.(event, run);
        if (event.type === 'losses' && event.step >= stopAfter) stop.abort();
      }
    }
  } finally {
    session.dispose();
  }
  return { events, run };
}

const steps = (events: RunEvent[], type: RunEvent['type']) =>
  events.filter((event) => event.type === type).map((event) => event.step);

test('a run reports every step, its samples, its checkpoints and its end', async () => {
  const { events } = await collect();
  expect(steps(events, 'losses')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(steps(events, 'samples')).toEqual([0, 3, 6, 7]);
  expect(steps(events, 'checkpoint-saved')).toEqual([2, 4, 6, 7]);
  expect(steps(events, 'measures')).toEqual([0, 2, 4, 6, 7]);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'finished', step: 7 });
  expect(events.at(-2)).toMatchObject({ type: 'progress', step: 7, steps: 7, epoch: 1.75, imagesSeen: 28 });
});

test('stopping ends the run after the running step, with a checkpoint', async () => {
  const { events, run } = await collect({ stopAfter: 3 });
  expect(steps(events, 'losses')).toEqual([1, 2, 3]);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'stopped', step: 3 });
  expect(run.newestCheckpoint().checkpoint.step).toBe(3);
});

test('the folder explains itself: config, events, sample sheets and the newest checkpoints', async () => {
  const { run, events } = await collect();
  expect(JSON.parse(fs.readFileSync(path.join(run.folder, 'config.json'), 'utf8'))).toEqual(config);
  expect(fs.readdirSync(path.join(run.folder, 'samples'))).toEqual([
    'step-000000000.png',
    'step-000000003.png',
    'step-000000006.png',
    'step-000000007.png',
  ]);
  const best = `step-${String(run.best()?.step).padStart(9, '0')}.safetensors`;
  const kept = new Set(['step-000000006.safetensors', 'step-000000007.safetensors', best]);
  expect(fs.readdirSync(path.join(run.folder, 'checkpoints')).sort()).toEqual(['best.json', ...kept].sort());
  const logged = fs
    .readFileSync(path.join(run.folder, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => runEventSchema.parse(JSON.parse(line)));
  expect(logged.filter((event) => event.type === 'losses')).toEqual(
    events.filter((event) => event.type === 'losses'),
  );
  expect(logged.filter((event) => event.type === 'samples')).toHaveLength(4);
  expect(listRuns(folder)).toMatchObject([{ folder: run.folder, config, status: 'finished', step: 7 }]);
});

const lossesOf = (events: RunEvent[]) => events.filter((event) => event.type === 'losses');

test('same config, same run', async () => {
  expect(lossesOf((await collect({ name: 'one' })).events)).toEqual(
    lossesOf((await collect({ name: 'two' })).events),
  );
});

test.each([1, 3, 5, 6])(
  'stopped at step %i and resumed, it equals the uninterrupted run bit for bit, in losses and weights',
  async (stopAfter) => {
    const whole = await collect({ name: 'whole' });
    const first = await collect({ stopAfter });
    const rest = await collect({});
    expect(rest.events[0]).toEqual({ type: 'resumed', step: stopAfter });
    expect([...lossesOf(first.events), ...lossesOf(rest.events)]).toEqual(lossesOf(whole.events));
    expect(rest.run.newestCheckpoint().checkpoint).toEqual(whole.run.newestCheckpoint().checkpoint);
    const { steps: steps, losses } = readHistory(rest.run.folder);
    expect([...steps]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([...losses['generator']!]).toEqual(
      lossesOf(whole.events).map((event) => event.losses['generator']),
    );
  },
);

test('the log holds every loss up to a checkpoint before the checkpoint is there', async () => {
  const { run } = await collect({
    onEvent: (event, { folder: place }) => {
      if (event.type === 'checkpoint-saved') expect(readHistory(place).steps.at(-1)).toBe(event.step);
    },
  });
  expect(run.checkpointSteps().length).toBeGreaterThan(0);
});

test('a refused step goes back to the last checkpoint with half the learning rates, and the run ends well', async () => {
  let poisoned = true;
  const data = noise((request) => {
    const numbers = dataset.batch(request);
    return request.step === 4 && poisoned ? numbers.fill(NaN) : numbers;
  });
  const { events, run } = await collect({
    data,
    onEvent: (event) => {
      if (event.type === 'step-refused') poisoned = false;
    },
  });
  expect(events.filter((event) => event.type === 'step-refused')).toMatchObject([
    { step: 4, refusedStep: 5, learningRateFactor: 0.5 },
  ]);
  expect(events.at(-1)).toMatchObject({ status: 'finished', step: 7 });
  expect(run.newestCheckpoint().checkpoint).toMatchObject({ step: 7, learningRateFactor: 0.5, refusals: 1 });
});

test('a run of which every try is refused gives up, with the reason, after a bounded number of tries', async () => {
  const data = noise((request) =>
    request.step === 2 ? dataset.batch(request).fill(NaN) : dataset.batch(request),
  );
  const refused: RunEvent[] = [];
  await expect(
    collect({
      data,
      onEvent: (event) => {
        if (event.type === 'step-refused') refused.push(event);
      },
    }),
  ).rejects.toMatchObject({ code: 'gave-up' });
  expect(refused.map((event) => event.type === 'step-refused' && event.learningRateFactor)).toEqual([
    1 / 2,
    1 / 4,
    1 / 8,
    1 / 16,
    1 / 32,
  ]);
  expect(Run.open(path.join(folder, 'run')).newestCheckpoint().checkpoint.step).toBe(2);
});

test.each([
  ['a file', (place: string) => fs.writeFileSync(place, 'in the way')],
  ['a link', (place: string) => fs.symlinkSync(os.tmpdir(), place)],
])('%s in the place of the checkpoints costs warnings, not training', async (_, putInTheWay) => {
  const away = path.join(folder, 'away');
  const { events, run } = await collect({
    onEvent: (event, { folder: place }) => {
      const checkpoints = path.join(place, 'checkpoints');
      if (event.type === 'losses' && event.step === 3) {
        fs.renameSync(checkpoints, away);
        putInTheWay(checkpoints);
      }
      if (event.type !== 'losses' || event.step !== 5) return;
      fs.rmSync(checkpoints);
      fs.renameSync(away, checkpoints);
    },
  });
  expect(steps(events, 'losses')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(events.find((event) => event.type === 'warning')?.failure).toMatchObject({ code: 'not-written' });
  expect(run.newestCheckpoint().checkpoint.step).toBe(7);
});

test('a run folder that vanishes and comes back costs warnings, not training', async () => {
  const away = path.join(folder, 'away');
  const { events, run } = await collect({
    onEvent: (event, { folder: place }) => {
      if (event.type === 'losses' && event.step === 3) fs.renameSync(place, away);
      if (event.type === 'losses' && event.step === 5) fs.renameSync(away, place);
    },
  });
  expect(steps(events, 'losses')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const warnings = events.filter((event) => event.type === 'warning');
  expect(warnings[0]?.failure).toMatchObject({
    code: 'not-written',
    message: expect.stringMatching(/its folder is not there.*Training goes on/) as string,
  });
  expect(run.newestCheckpoint().checkpoint.step).toBe(7);
  expect([...readHistory(run.folder).steps]).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
