/** The files of an app are summed by part, and a run that holds more than its settings allow is named. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskFaults, diskUse, readRuns } from './disk.ts';

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-disk-'));
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function write(file: string, content: string | number): void {
  const place = path.join(home, file);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, typeof content === 'number' ? Buffer.alloc(content) : content);
}

/** A run with a sheet every 10 steps up to step 100, and checkpoints at its last steps. */
function writeRun(checkpoints: number): void {
  write('runs/one/config.json', JSON.stringify({ samples: { everySteps: 10 }, checkpoints: { keep: 3 } }));
  for (let step = 0; step <= 100; step += 10)
    write(`runs/one/samples/step-${String(step).padStart(9, '0')}.png`, 1000);
  for (let back = 0; back < checkpoints; back++)
    write(`runs/one/checkpoints/step-${String(100 - back).padStart(9, '0')}.safetensors`, 50_000);
  write('runs/one/events.jsonl', '{"type":"resumed","step":50}\n');
}

test('bytes are summed by part, and unfinished files are named', () => {
  write('runs/one/a', 10);
  write('cache/b', 20);
  write('user-data/logs/main.log', 30);
  write('user-data/preferences.json', 40);
  write('runs/one/c.png.00ff.unfinished', 5);
  fs.symlinkSync(home, path.join(home, 'circle'));
  expect(diskUse(home)).toEqual({
    runs: 15,
    cache: 20,
    logs: 30,
    others: 40,
    unfinished: [path.join('runs', 'one', 'c.png.00ff.unfinished')],
  });
});

test('a run that holds what its settings say is as forecast', () => {
  writeRun(5);
  const runs = readRuns(path.join(home, 'runs'));
  expect(runs).toMatchObject([{ step: 100, sessions: 2, keep: 3, everySteps: 10 }]);
  expect(diskFaults(runs)).toEqual([]);
});

test('checkpoints that were never pruned are reported, as are more bytes than forecast', () => {
  writeRun(9);
  const runs = readRuns(path.join(home, 'runs'));
  expect(diskFaults(runs)[0]).toBe('The run one holds 9 checkpoints; 5 at most were expected.');
  expect(diskFaults(runs, () => 1000).at(-1)).toMatch(
    /^The run one takes \d+ bytes; 1000 at most were forecast\.$/,
  );
});

test('more sheets than the settings make are reported, and folders that are no runs are skipped', () => {
  writeRun(3);
  for (let step = 1; step < 9; step++) write(`runs/one/samples/step-00000000${step}.png`, 1000);
  write('runs/not-a-run/notes.txt', 'mine');
  expect(diskFaults(readRuns(path.join(home, 'runs')))).toEqual([
    'The run one holds 19 sample sheets; 13 at most were expected.',
  ]);
});
