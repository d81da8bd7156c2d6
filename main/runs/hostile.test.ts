/** Run folders from somebody else: links, files of other kinds, and content that no run writes. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError } from '../contract/index.ts';
import { historyOf } from '../health/index.ts';
import { openRunLog } from '../training/run-log.ts';
import { writeWhole } from './files.ts';
import { readHistory } from './history.ts';
import { holderOf, holdRun } from './holder.ts';
import { listRuns, readRuns } from './list.ts';
import { readEvents } from './read-events.ts';
import { readNote, writeNote } from './note.ts';
import { Run } from './run.ts';
import { sheetLayouts } from './sheet-layout.ts';

let place: string;
let folder: string;
let victim: string;
beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-hostile-'));
  folder = path.join(place, 'runs', 'run');
  victim = path.join(place, 'victim');
  fs.writeFileSync(victim, 'mine\n');
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

const started = (): Run => Run.create(folder, { ...DEFAULT_RUN_CONFIG, name: '"; touch hacked; "' });
const at = (...names: string[]): string => path.join(folder, ...names);
function link(name: string, target = victim): void {
  fs.rmSync(at(name), { recursive: true, force: true });
  fs.symlinkSync(target, at(name));
}
const checkpoint = (step: number) => ({
  step,
  tensors: { w: { shape: [2], values: Float32Array.of(step, 1) } },
  learningRateFactor: 1,
  refusals: 0,
  configHash: 'x',
});
const losses = (step: number) => ({ type: 'losses', step, losses: { generator: 1 } });
function writeEvents(...lines: unknown[]): void {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  fs.writeFileSync(at('events.jsonl'), `${texts.join('\n')}\n`);
}
const writeSettings = (text: string) => fs.writeFileSync(at('config.json'), text);
const timed = (event: object, time = '2026-01-02T03:04:05.000Z') => ({ time, ...event });

/** Calls that together use every file of a run. */
const USES: Readonly<Record<string, () => unknown>> = {
  'log.txt': () => openRunLog({ folder, config: DEFAULT_RUN_CONFIG, program: 'a test' }),
  'log.old.txt': () => openRunLog({ folder, config: DEFAULT_RUN_CONFIG, program: 'a test' }),
  'events.jsonl': () => {
    const run = Run.open(folder);
    run.log({ type: 'resumed', step: 0 });
    run.flush();
  },
  'note.txt': () => readNote(folder),
  'config.json': () => Run.open(folder),
  'samples': () => Run.open(folder).prepare(),
  'checkpoints': () => Run.open(folder).newestCheckpoint(),
  'checkpoints/step-000000001.safetensors': () => Run.open(folder).newestCheckpoint(),
};

test.each(Object.keys(USES))(
  '%s that is a link is not followed, and what it points at stays as it is',
  (name) => {
    started();
    const target = name === 'samples' || name === 'checkpoints' ? place : victim;
    link(name, target);
    expect(USES[name]).toThrow(expect.objectContaining({ code: 'run-unsafe' }) as Error);
    expect(fs.readFileSync(victim, 'utf8')).toBe('mine\n');
    expect(fs.readdirSync(place).sort()).toEqual(['runs', 'victim']);
  },
);

test.each(Object.keys(USES).filter((name) => name !== 'samples' && name !== 'checkpoints'))(
  '%s that is a FIFO is refused at once',
  (name) => {
    started();
    fs.rmSync(at(name), { force: true });
    execFileSync('mkfifo', [at(name)]);
    expect(USES[name]).toThrow(expect.objectContaining({ code: 'run-unsafe' }) as Error);
  },
);

test('a layout of sheets that is a link is not read', () => {
  started();
  fs.writeFileSync(victim, JSON.stringify({ count: 6, size: 28, channels: 1, columns: 3 }));
  link('samples/layout.json');
  expect(sheetLayouts(folder, DEFAULT_RUN_CONFIG)).toHaveLength(1);
  fs.rmSync(at('samples/layout.json'));
  fs.copyFileSync(victim, at('samples/layout.json'));
  expect(sheetLayouts(folder, DEFAULT_RUN_CONFIG)).toHaveLength(2);
});

test('a file in the place of a folder of the run is reported, and a link or a file among the runs is left out', () => {
  started();
  fs.rmSync(at('checkpoints'), { recursive: true });
  fs.writeFileSync(at('checkpoints'), 'x');
  fs.writeFileSync(path.join(place, 'runs', 'notes.txt'), 'x');
  fs.symlinkSync(folder, path.join(place, 'runs', 'link'));
  expect(() => Run.open(folder).best()).not.toThrow();
  expect(() => Run.open(folder).newestCheckpoint()).toThrow(StudioError);
  const { runs, damaged } = readRuns(path.join(place, 'runs'));
  const listed = [...runs, ...damaged];
  expect(listed.map((each) => each.folder)).toEqual([folder]);
  expect(() => Run.open(path.join(victim, 'below'))).toThrow(
    expect.objectContaining({ code: 'run-missing' }) as Error,
  );
});

test('a link that stands where a file is about to be written is replaced, not followed', () => {
  started();
  link('note.txt');
  writeNote(folder, 'a note');
  expect([fs.readFileSync(victim, 'utf8'), readNote(folder)]).toEqual(['mine\n', 'a note']);
  expect(fs.lstatSync(at('note.txt')).isFile()).toBe(true);
});

test('a link with the name that an unfinished file had before is not written through', () => {
  started();
  link('note.txt.unfinished');
  writeNote(folder, 'a note');
  expect(fs.readFileSync(victim, 'utf8')).toBe('mine\n');
});

test('a file that is written anew keeps its permissions', () => {
  const file = path.join(place, 'private.png');
  fs.writeFileSync(file, 'before', { mode: 0o600 });
  writeWhole(file, 'after');
  expect([fs.readFileSync(file, 'utf8'), fs.statSync(file).mode & 0o777]).toEqual(['after', 0o600]);
});

test.each(['config.json', 'note.txt', 'holder.json'])('a huge %s is not read', (name) => {
  started();
  fs.rmSync(at(name), { force: true });
  fs.writeFileSync(at(name), '{');
  fs.truncateSync(at(name), 2 ** 33);
  const begun = performance.now();
  if (name === 'holder.json') expect(holderOf(folder)).toBeUndefined();
  else expect(USES[name]).toThrow(/never has more than/);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test.each([
  ['a negative step', timed({ type: 'resumed', step: -1 })],
  ['a huge step', timed({ type: 'resumed', step: 1e15 })],
  ['a step that is no whole number', timed({ type: 'resumed', step: 1.5 })],
  ['no time', losses(2)],
  ['a time that is none', timed(losses(2), 'yesterday')],
  ['a time that is a number', { ...losses(2), time: 5 }],
  ['NaN', '{"time":"2026-01-02T03:04:05.000Z","type":"losses","step":2,"losses":{"generator":NaN}}'],
  ['no JSON', '{"time"'],
  ['a very long line', `{"x":"${'x'.repeat(3 * 2 ** 20)}"}`],
  ['another kind', timed({ type: 'hack', step: 1 })],
])('an event with %s is passed over, and the others are there', (_, line) => {
  started();
  writeEvents(timed(losses(1)), line, timed(losses(3)));
  expect(readEvents(folder).map(({ event }) => event.step)).toEqual([1, 3]);
  expect([...readHistory(folder).steps]).toEqual([1, 3]);
  expect(readHistory(folder).skipped).toBe(1);
  const [listed, ...others] = listRuns(path.dirname(folder));
  expect(others).toEqual([]);
  expect(Number.isFinite(listed?.changed)).toBe(true);
});

test('a log that keeps going back and measuring is read in time proportional to its lines', () => {
  started();
  const count = 40_000;
  const kinds: ((at: number) => object)[] = [
    (at) => ({ type: 'health', step: 1e6 - at, findings: [] }),
    (at) => ({ type: 'measures', step: 1e6 - at, values: { kid: at } }),
    (at) => ({ type: 'resumed', step: 1e6 - at }),
    (at) => ({ ...losses(at + 1), losses: { [`loss ${at}`]: 1 } }),
  ];
  const lines = kinds.flatMap((kind) => Array.from({ length: count }, (_, at) => timed(kind(at))));
  fs.writeFileSync(at('events.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const begun = process.cpuUsage();
  expect(readHistory(folder).steps).toHaveLength(count);
  expect(historyOf(readEvents(folder).map(({ event }) => event)).step).toBe(count);
  expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(15);
});

test('a log of many pieces is read whole, wherever the pieces cut lines', () => {
  started();
  const words = 'äöü✓'.repeat(50);
  writeEvents(
    ...Array.from({ length: 20_000 }, (_, step) =>
      timed({ type: 'data-changed', step, message: `${words.slice(step % 100)}${step}` }),
    ),
  );
  const events = readEvents(folder);
  expect(events).toHaveLength(20_000);
  expect(events.at(-1)?.event).toMatchObject({
    step: 19_999,
    message: expect.stringMatching(/19999$/) as string,
  });
});

test('pruning leaves alone what the person put beside the checkpoints', () => {
  const run = started();
  const mine = [
    'best so far.safetensors',
    'zzz-mine.safetensors',
    'my thesis.unfinished',
    'step-1.safetensors',
    'notes.safetensors.unfinished',
  ];
  for (const name of mine) fs.writeFileSync(at('checkpoints', name), 'mine');
  fs.writeFileSync(at('checkpoints', 'step-000000001.safetensors.0123456789abcdef.unfinished'), 'ours');
  for (const step of [1, 2, 3, 4, 5]) run.saveCheckpoint(checkpoint(step));
  run.prepare();
  expect(fs.readdirSync(at('checkpoints')).sort()).toEqual(
    [...mine, ...[3, 4, 5].map((step) => `step-00000000${step}.safetensors`)].sort(),
  );
});

test('holder.json is never seen half written', () => {
  started();
  const release = holdRun(folder, 'a test');
  expect(holderOf(folder)).toMatchObject({ program: 'a test' });
  expect(fs.readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  expect(() => holdRun(folder, 'another')).toThrow(expect.objectContaining({ code: 'run-held' }) as Error);
  release();
  expect(fs.existsSync(at('holder.json'))).toBe(false);
});

test.each([
  ['of a newer version', () => writeSettings(JSON.stringify({ version: 999 })), 'run-too-new'],
  ['that is no JSON', () => writeSettings('{'), 'run-damaged'],
  ['that is a link', () => link('config.json'), 'run-unsafe'],
  ['beside events that are a link', () => link('events.jsonl'), 'run-unsafe'],
])('a run with settings %s is told with what can be done', (_, spoil, code) => {
  started();
  spoil();
  fs.mkdirSync(path.join(place, 'runs', 'pictures of mine'));
  const release = holdRun(folder, 'a test');
  const { runs, damaged } = readRuns(path.join(place, 'runs'));
  release();
  expect(runs).toEqual([]);
  expect(damaged).toMatchObject([{ folder, failure: { code }, holder: { program: 'a test' } }]);
  expect(damaged[0]?.failure.remedy).toMatch(/\.$/);
});

test('settings that begin with a byte-order mark are read', () => {
  started();
  writeSettings(`\uFEFF${fs.readFileSync(at('config.json'), 'utf8')}`);
  expect(readRuns(path.dirname(folder))).toMatchObject({ runs: [{ folder }], damaged: [] });
});
