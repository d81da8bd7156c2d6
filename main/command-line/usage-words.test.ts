/** Errors in a command line are explained in plain sentences. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { namedValue, place, valueOf } from './flags.ts';
import { addTrainCommand } from './train-flags.ts';
import { usageWords } from './usage-words.ts';

/** The message that a person reads after typing these words. */
function answer(...words: string[]): string {
  let written = '';
  const program = new Command('studio')
    .exitOverride()
    .configureOutput({ outputError: (text) => (written += usageWords(text)) });
  addTrainCommand(program);
  program
    .command('look')
    .addArgument(new Argument('<what>', 'what').choices(['here', 'there']))
    .argument('[folder]', 'where', place)
    .addOption(new Option('--name <name=value>').argParser(namedValue))
    .option('--count <n>', 'so many', valueOf(z.number().int().min(1).max(4096)))
    .action(() => undefined);
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return written.trim();
}

const train = (...words: string[]) => answer('train', '--data', 'images', '--out', 'run', ...words);

test.each([
  ['--batch', '1', '--batch: 1 is too small; choose a whole number from 2 to 1024.'],
  ['--batch', 'abc', '--batch: "abc" is not a number; choose a whole number from 2 to 1024.'],
  ['--batch', '', '--batch: no number is entered; choose a whole number from 2 to 1024.'],
  ['--learning-rate-g', '0', '--learning-rate-g: 0 is too small; choose a number above 0 and at most 1.'],
  ['--seed', '1.5', '--seed: 1.5 is not a whole number; choose a whole number from 0 to 4,294,967,295.'],
  ['--background', 'red', '--background: "red" is not written in the right form; write it like #ffffff.'],
  ['--size', '65', '--size: "65" is not a choice. Allowed choices are 28, 32, 64, 128.'],
  [
    '--turns',
    '0',
    '--turns: "0" is not a choice; choose together, alternating, or a whole number from 1 to 20, the number of updates of D per update of G.',
  ],
  ['--gan-option', 'width', '--gan-option: "width" has no value; write name=value, such as width=16.'],
  ['--step', '3', 'There is no flag --step.\n(Did you mean --steps?)'],
])('%s "%s" is answered', (flag, value, words) => {
  expect(train(flag, value)).toBe(words);
});

test('missing and superfluous words are named', () => {
  expect(answer('train', '--data', 'images')).toBe('--out <folder> is missing; add it.');
  expect(answer('train', '--data', '', '--out', 'run')).toBe('--data: The path is empty.');
  expect(train('--steps')).toBe('--steps <n>: the value is missing; write one after the flag.');
  expect(train('more')).toMatch(/^There are too many words\./);
  expect(answer('look')).toBe('<what> is missing; add it after the command.');
  expect(answer('look', 'away')).toBe('what: "away" is not a choice. Allowed choices are here, there.');
  expect(answer('look', 'here', ' ')).toBe('folder: The path is empty.');
  expect(answer('look', 'here', '--count', '5000')).toBe(
    '--count: 5000 is too large; choose a whole number from 1 to 4096.',
  );
  expect(answer('trian')).toBe('There is no command "trian".\n(Did you mean train?)');
});
