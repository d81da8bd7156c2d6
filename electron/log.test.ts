import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeError, log, openLog } from './log.ts';

let place: string;
const read = (name: string) => fs.readFileSync(path.join(place, name), 'utf8');

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-log-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('a line has its time and level, and is in the file at once', () => {
  openLog(place);
  log.info('the trainer started');
  expect(read('main.log')).toMatch(
    /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] \[info\] +the trainer started\r?\n$/,
  );
});

test('a full log makes room; the three newest of the older ones stay', () => {
  openLog(place, { mostBytes: 100 });
  for (let line = 1; line <= 20; line++) log.info(`${line} ${'.'.repeat(100)}`);
  expect(fs.readdirSync(place).sort()).toEqual(['main.1.log', 'main.2.log', 'main.3.log', 'main.log']);
  expect(
    ['main.3.log', 'main.2.log', 'main.1.log', 'main.log'].map((name) =>
      Number(/\] +(\d+)/.exec(read(name))?.[1]),
    ),
  ).toEqual([17, 18, 19, 20]);
});

test('a long text is cut', () => {
  openLog(place);
  log.info('0.25,'.repeat(100_000));
  expect(read('main.log').length).toBeLessThan(2200);
  expect(read('main.log')).toContain('(cut)');
});

test('a folder that cannot be written to is ignored', () => {
  fs.writeFileSync(path.join(place, 'file'), '');
  openLog(path.join(place, 'file', 'logs'));
  expect(() => log.info('nowhere')).not.toThrow();
});

test('an error is described with its stack', () => {
  expect(describeError(new Error('no space'))).toMatch(/^Error: no space\n +at .*log\.test\.ts/);
  expect(describeError('no space')).toBe('no space');
});
