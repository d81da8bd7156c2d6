import { expect, test } from 'vitest';
import type { RunEvent } from '../contract/index.ts';
import { randomWords } from '../random.ts';
import { lineOf, parsedIn } from './event-lines.ts';
import { lossesIn } from './losses-line.ts';

const words = randomWords({ seed: 5, stream: 'latent', step: 1 }, 4000);
const word = (at: number): number => words[at % words.length] ?? 0;
/** Numbers of every size and form that JSON has. */
const number = (at: number): number =>
  at % 7 === 0 ? 0 : (word(at) / 2 ** 31 - 1) * 10 ** ((word(at + 1) % 60) - 30);

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
    expect(lossesIn(line)).toEqual(parsedIn(line));
    expect(lossesIn(line)?.event).toEqual(JSON.parse(JSON.stringify(event)));
  }
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

test('a line cut off anywhere is none', () => {
  for (let end = 0; end < LINE.length; end++) expect(lossesIn(LINE.slice(0, end))).toBeUndefined();
});
