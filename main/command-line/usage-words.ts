/** Explains errors in a command line in plain sentences, in place of Commander's messages. */
import { linesForTerminal } from './for-terminal.ts';

/**
 * Commander's words and their replacements. The text after them is kept: a reason, or a guess at what was
 * meant.
 */
const WORDS: readonly [RegExp, string][] = [
  [
    /^error: option '(\S+)[^']*' argument '([^]*)' is invalid\. (?=Allowed choices)/,
    '$1: "$2" is not a choice. ',
  ],
  [/^error: option '(\S+)[^']*' argument '[^]*' is invalid\. /, '$1: '],
  [
    /^error: command-argument value '([^]*)' is invalid for argument '(.*)'\. (?=Allowed choices)/,
    '$2: "$1" is not a choice. ',
  ],
  [/^error: command-argument value '[^]*' is invalid for argument '(.*)'\. /, '$1: '],
  [/^error: option '(.*)' argument missing/, '$1: the value is missing; write one after the flag.'],
  [/^error: required option '(.*)' not specified/, '$1 is missing; add it.'],
  [/^error: missing required argument '(.*)'/, '<$1> is missing; add it after the command.'],
  [/^error: unknown option '(.*)'/, 'There is no flag $1.'],
  [/^error: unknown command '(.*)'/, 'There is no command "$1".'],
  [
    /^error: too many arguments.*/,
    'There are too many words. A value comes after its flag; put quotes around a value that contains spaces.',
  ],
  [/^error: /, ''],
];

/** "error: option '--batch <n>' argument '1' is invalid. 1 is too small…" -> "--batch: 1 is too small…" */
export function usageWords(text: string): string {
  const found = WORDS.find(([theirs]) => theirs.test(text));
  return linesForTerminal(found ? text.replace(found[0], found[1]) : text);
}
