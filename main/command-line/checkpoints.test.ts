/** `checkpoints` lists the checkpoints of a run, and `keep` makes one of them stay. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type CheckpointEntry } from '../contract/index.ts';
import { Run, type Checkpoint } from '../runs/index.ts';
import { commandPlace, type CommandPlace } from './test-commands.ts';

const checkpoint = (step: number): Checkpoint => ({
  step,
  tensors: { 'weights/generator/a/kernel': { shape: [1], values: Float32Array.of(step) } },
  learningRateFactor: 1,
  refusals: 0,
  configHash: 'a',
});

const KEPT = 3;

/** A run with checkpoints of steps 50, 100 and 150; all but the last are measured, and 100 is the best. */
function begun(): { place: CommandPlace; run: Run; steps(): number[] } {
  const place = commandPlace();
  const checkpoints = { ...DEFAULT_RUN_CONFIG.checkpoints, keep: KEPT };
  const run = Run.create(place.at('run'), { ...DEFAULT_RUN_CONFIG, checkpoints });
  const measures = { type: 'measures', errors: { kid: 20.12 } } as const;
  run.log({ ...measures, step: 60, of: 50, values: { kid: 1234.5, copies: 0.25 } });
  run.log({ ...measures, step: 110, of: 100, values: { kid: 812.34, copies: 0 } });
  for (const step of [50, 100, 150]) run.saveCheckpoint(checkpoint(step));
  run.setBest({ step: 100, metric: 'kid', value: 812.34, error: 20.12 });
  run.flush();
  return { place, run, steps: () => Run.open(run.folder).checkpointSteps() };
}

test('checkpoints are listed newest first, with the best, those that are kept, and what was measured', async () => {
  const { place, run } = begun();
  run.keepCheckpoint(100, true);
  run.keepCheckpoint(50, true);
  const { printed, failed } = await place.run('checkpoints', '--run', run.folder);
  expect(failed).toBe(false);
  const lines = printed.split('\n');
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['step', 'KID × 1000 on EfficientNet-Lite0', 'Copies'],
    ['150', '-', '-'],
    ['100', 'best, kept', '812 ± 20.1', '0'],
    ['50', 'kept', '1230 ± 20.1', '0.25'],
    [''],
  ]);
  expect(new Set(lines.slice(0, -1).map(({ length }) => length)).size).toBe(1);
});

test('--json is one line of the same', async () => {
  const { place, run } = begun();
  run.keepCheckpoint(50, true);
  const { printed } = await place.run('checkpoints', '--run', run.folder, '--json');
  expect(printed.match(/\n/g)).toHaveLength(1);
  const kid = (value: number) => ({ value, error: 20.12 });
  expect(JSON.parse(printed)).toEqual([
    { step: 150, isBest: false, isKept: false, scores: {} },
    { step: 100, isBest: true, isKept: false, scores: { kid: kid(812.34), copies: { value: 0 } } },
    { step: 50, isBest: false, isKept: true, scores: { kid: kid(1234.5), copies: { value: 0.25 } } },
  ] satisfies CheckpointEntry[]);
});

test('the output says if a run has no checkpoint, or if the folder is no run', async () => {
  const place = commandPlace();
  Run.create(place.at('run'), DEFAULT_RUN_CONFIG);
  const of = (...words: string[]) => place.run('checkpoints', '--run', place.at('run'), ...words);
  expect((await of()).printed).toBe('The run has no checkpoint yet.\n');
  expect((await of('--json')).printed).toBe('[]\n');
  const missing = await place.run('checkpoints', '--run', place.at('nowhere'));
  expect([missing.failed, missing.printed]).toEqual([true, '']);
  expect(missing.messages).toContain(place.at('nowhere'));
});

test.each([
  ['best', 100],
  ['newest', 150],
  ['50', 50],
])('keep --checkpoint %s keeps that of step %i, however many come after it', async (which, step) => {
  const { place, run, steps } = begun();
  const { messages, failed } = await place.run('keep', '--run', run.folder, '--checkpoint', which);
  expect([failed, messages]).toEqual([false, `The checkpoint of step ${step} is kept.\n`]);
  expect(Run.open(run.folder).keptCheckpoints()).toEqual([step]);
  const later = [200, 250, 300];
  for (const each of later) Run.open(run.folder).saveCheckpoint(checkpoint(each));
  const stay = new Set([...later, 100, step]);
  expect(steps()).toEqual([...stay].sort((a, b) => b - a));
});

test('keep --no-longer lets it go once newer ones take its place', async () => {
  const { place, run, steps } = begun();
  const keep = (...words: string[]) => place.run('keep', '--run', run.folder, '--checkpoint', '50', ...words);
  await keep();
  const { messages, failed } = await keep('--no-longer');
  expect([failed, messages]).toEqual([false, 'The checkpoint of step 50 is no longer kept.\n']);
  expect(Run.open(run.folder).keptCheckpoints()).toEqual([]);
  expect(steps()).toEqual([150, 100, 50]);
  Run.open(run.folder).saveCheckpoint(checkpoint(200));
  expect(steps()).toEqual([200, 150, 100]);
});

test('a missing step is refused, and so is a best that is not known; the remedy lists the steps', async () => {
  const { place, run } = begun();
  const keep = (which: string) => place.run('keep', '--run', run.folder, '--checkpoint', which);
  const remedy = 'Choose the newest, or one of the steps 150, 100, 50.\n';
  expect(await keep('75')).toMatchObject({
    failed: true,
    messages: `The run ${run.folder} has no checkpoint of step 75.\n${remedy}`,
  });
  run.forgetBestCheckpoint();
  expect(await keep('best')).toMatchObject({
    failed: true,
    messages: `The run ${run.folder} does not know its best checkpoint.\n${remedy}`,
  });
  expect(Run.open(run.folder).keptCheckpoints()).toEqual([]);
});

test.each([
  [['--checkpoint', 'middle'], 'Write best, newest, or a step such as 500.'],
  [[], "required option '--checkpoint <which>' not specified"],
])('keep %j is refused: %s', async (words, why) => {
  const { place, run } = begun();
  const { messages, failed } = await place.run('keep', '--run', run.folder, ...words);
  expect([failed, Run.open(run.folder).keptCheckpoints()]).toEqual([true, []]);
  expect(messages).toContain(why);
});
