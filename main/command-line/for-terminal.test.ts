/** No file name can control a terminal, and errors of the system are put in words. */
import { expect, test, vi } from 'vitest';
import { StudioError } from '../contract/index.ts';
import { forTerminal } from './for-terminal.ts';
import { failureOf, report, printPlace } from './outcome.ts';
import { usageWords } from './usage-words.ts';

test.each([
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\u001b[2J\u0007', '\\x1b[2J\\x07'],
  ['\u007f\u009b1m', '\\x7f\\x9b1m'],
  ['photo\u202egnp.exe', 'photo\\u202egnp.exe'],
  ['\u2066a\u2069\u2028', '\\u2066a\\u2069\\u2028'],
  ['Größe 漢字 😀 \\n', 'Größe 漢字 😀 \\n'],
])('%j is shown as %s', (text, shown) => {
  expect(forTerminal(text)).toBe(shown);
});

test('a mistyped word is shown with control characters escaped; line breaks of the message stay', () => {
  expect(usageWords("error: unknown option '--\u001b[2Jx'\n(Did you mean --steps?)")).toBe(
    'There is no flag --\\x1b[2Jx.\n(Did you mean --steps?)',
  );
});

test('the path of a run is escaped for people; a path that a program reads is not', () => {
  const said: string[] = [];
  const keep = (text: string | Uint8Array) => said.push(String(text)) > 0;
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  report('finished', 'runs/\u001b[31mred');
  printPlace('out/\u001b[31m.png');
  vi.restoreAllMocks();
  expect(said).toEqual(['Done. The run is in runs/\\x1b[31mred.\n', 'out/\u001b[31m.png\n']);
});

test('an unforeseen error of the file system is put in words', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, open 'x.md'"), {
    code: 'EACCES',
    path: 'x.md',
  });
  expect(failureOf(refused)).toMatchObject({
    code: 'unexpected',
    message: 'x.md could not be used: permission is missing.',
  });
  const own = new StudioError({ code: 'own', message: 'Facts.', remedy: 'Remedy.' });
  expect(failureOf(own)).toEqual({ code: 'own', message: 'Facts.', remedy: 'Remedy.' });
  expect(failureOf(new Error('Something else.')).message).toBe('Something else.');
});
