import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RunEvent } from '../contract/index.ts';
import { randomWords } from '../random.ts';
import { eventIn, lineOf, type LoggedEvent } from './event-lines.ts';
import { LossesReader } from './losses-line.ts';

const words = randomWords({ seed: 5, stream: 'latent', step: 1 }, 4000);
const word = (at: number): number => words[at % words.length] ?? 0;
/** Numbers of every size and form that JSON has. */
const number = (at: number): number =>
  at % 7 === 0 ? 0 : (word(at) / 2 ** 31 - 1) * 10 ** ((word(at + 1) % 60) - 30);

const reader = new LossesReader();
/** The line alone, and between others. */
function lossesIn(line: string): LoggedEvent | undefined {
  const alone = Buffer.from(line, 'latin1');
  const between = Buffer.from(`before\n${line}\nbehind`, 'latin1');
  expect(reader.read(between, 'before\n'.length)).toBe(
    reader.read(alone, 0) < 0 ? -1 : 'before\n'.length + alone.length + 1,
  );
  return reader.read(alone, 0) < 0 ? undefined : { time: reader.time, event: reader.event };
}

/** The line with every number as a float32, as losses are computed. */
const rounded = (logged: LoggedEvent | undefined): unknown =>
  JSON.parse(JSON.stringify(logged), (key, value: unknown) =>
    typeof value === 'number' && key !== 'time' ? Math.fround(value) : value,
  );

test('losses are read as the parser and the schema read them', () => {
  const names = ['discriminator', 'generator', 'a-b c', 'x_1'];
  for (let step = 1; step <= 1000; step++) {
    const some = (from: number) =>
      Object.fromEntries(names.slice(word(step + from) % 4).map((name, at) => [name, number(step * 3 + at)]));
    const event: RunEvent = {
      type: 'losses',
      step,
      losses: some(0),
      ...(step % 3 > 0 && { measures: some(1) }),
    };
    const line = lineOf(event);
    expect(rounded(lossesIn(line))).toEqual(rounded(eventIn(line)));
    expect(lossesIn(line)?.time).toBe(eventIn(line)?.time);
  }
});

test('a float32 is read exactly, and so is every number of up to 15 digits', () => {
  for (let at = 0; at < 2000; at++) {
    const exact = [Math.fround(number(at)), Number(number(at).toPrecision(15)), word(at) / 1000];
    const event: RunEvent = { type: 'losses', step: 1, losses: { a: exact[0]!, b: exact[1]!, c: exact[2]! } };
    const [float32, ...short] = Object.values(
      z.object({ losses: z.record(z.string(), z.number()) }).parse(lossesIn(lineOf(event))?.event).losses,
    );
    expect(Math.fround(float32!)).toBe(exact[0]);
    expect(short).toEqual(exact.slice(1));
  }
});

test('names may change from line to line', () => {
  const steps = [{ a: 1, b: 2 }, { a: 3 }, { a: 4, c: 5 }, { b: 6 }, {}, { a: 7, b: 8 }];
  for (const losses of steps)
    expect(lossesIn(lineOf({ type: 'losses', step: 1, losses }))?.event).toEqual({
      type: 'losses',
      step: 1,
      losses,
    });
});

const LINE =
  '{"time":"2026-01-02T03:04:05.678Z","type":"losses","step":12,"losses":{"generator":1.5},"measures":{"p":0}}';

test('the time is the one that it was logged at', () => {
  expect(lossesIn(LINE)?.time).toBe(Date.parse('2026-01-02T03:04:05.678Z'));
});

test.each([
  [LINE.slice(0, -1)],
  [`${LINE}}`],
  [` ${LINE}`],
  [LINE.replace('12', '-1')],
  [LINE.replace('12', '1.5')],
  [LINE.replace('12', '10000000000')],
  [LINE.replace('1.5', 'NaN')],
  [LINE.replace('1.5', '1e999')],
  [LINE.replace('1.5', '')],
  [LINE.replace('1.5', '"1.5"')],
  [LINE.replace('1.5', '{}')],
  [LINE.replace('generator', '__proto__')],
  [LINE.replace('generator', String.raw`gen\u0065rator`)],
  [LINE.replace('03:04:05', '03:04:65')],
  [LINE.replace('01-02', '13-02')],
  [LINE.replace('losses', 'samples')],
  ['{"time":"'],
  [''],
])('%s is left to the parser', (line) => {
  expect(lossesIn(line)).toBeUndefined();
});

test('a line that is cut off anywhere is not read', () => {
  for (let end = 0; end < LINE.length; end++) expect(lossesIn(LINE.slice(0, end))).toBeUndefined();
});
