/**
 * The entry of the command line, whose verbs are in main/command-line; it runs the same core as the app. Exit
 * codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
 */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { addCatalogueCommand, addDemoCommand, addPresetsCommand } from './command-line/first-commands.ts';
import { addMeasuringCommands } from './command-line/measuring-commands.ts';
import { forTerminal } from './command-line/for-terminal.ts';
import { EXIT, failureOf } from './command-line/outcome.ts';
import { addResultCommands } from './command-line/result-commands.ts';
import { addTrainCommand } from './command-line/train-flags.ts';
import { usageWords } from './command-line/usage-words.ts';

/** Codes of failures that a mistyped flag causes. */
const USAGE_CODES = [
  'unknown-gan',
  'unknown-loss',
  'unknown-optimizer',
  'unknown-option',
  'unknown-stabiliser',
  'unknown-preset',
  'senseless',
  'invalid-input',
];

// A command imports its work when it runs, so that --help does not wait for TensorFlow.
function program(): Command {
  const program = new Command('gan-studio')
    .description('Train a generative adversarial network (GAN) on your pictures, and export its generator.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show the verbs, or a verb’s options')
    .showHelpAfterError('Add --help to see the options.')
    .configureOutput({ outputError: (text, write) => write(usageWords(text)) })
    .exitOverride();
  addTrainCommand(program);
  addResultCommands(program);
  addCatalogueCommand(program);
  addPresetsCommand(program);
  addMeasuringCommands(program);
  addDemoCommand(program);
  return program;
}

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    const { code, message, remedy } = failureOf(error);
    process.stderr.write(`${forTerminal(message)}\n${forTerminal(remedy)}\n`);
    process.exitCode =
      code === 'cancelled' ? EXIT.interrupted : USAGE_CODES.includes(code) ? EXIT.usage : EXIT.failed;
  }
}

void main();
