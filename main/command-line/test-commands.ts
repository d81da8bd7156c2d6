/** Runs commands as a person types them, in the test's own process, with a home folder of their own. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { onTestFinished, vi } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { forTerminal } from './for-terminal.ts';
import { failureOf } from './outcome.ts';
import { addResultCommands } from './result-commands.ts';
import { addTrainCommand } from './train-flags.ts';

/** What was printed on standard error, including a failure, and on standard output. */
export type Said = { messages: string; printed: string; failed: boolean };

export type CommandPlace = {
  folder: string;
  /** A path in the folder, whose parent folders are made. */
  at(name: string): string;
  /** Writes a grey picture, which its shade distinguishes from others, and returns its path. */
  picture(name: string, shade: number): string;
  run(...words: string[]): Promise<Said>;
  /** Runs `train` with the smallest settings, for two steps by default. */
  train(out: string, ...words: string[]): Promise<Said>;
};

const TINY = '--size 28 --colour grey --gan dcgan --gan-option width=4 --batch 4 --z 4 --steps 2';

/** A folder that is removed when the test ends. */
export function commandPlace(): CommandPlace {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'studio-commands-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  vi.stubEnv('GAN_STUDIO_HOME', path.join(folder, 'home'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const at = (name: string): string => {
    const place = path.join(folder, name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    return place;
  };
  return {
    folder,
    at,
    picture(name, shade) {
      fs.writeFileSync(at(name), greyPng({ shade, width: 28 }));
      return at(name);
    },
    run: (...words) => runCommand(words),
    train: (out, ...words) => runCommand(['train', '--out', at(out), ...TINY.split(' '), ...words]),
  };
}

async function runCommand(words: string[]): Promise<Said> {
  const said = { messages: '', printed: '', failed: false };
  const capture = (stream: NodeJS.WriteStream, part: 'messages' | 'printed') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[part] += String(text);
      return true;
    });
  const spies = [capture(process.stderr, 'messages'), capture(process.stdout, 'printed')];
  const program = new Command('gan-studio').exitOverride();
  addTrainCommand(program);
  addResultCommands(program);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    const { message, remedy } = failureOf(error);
    said.failed = true;
    said.messages += `${forTerminal(message)}\n${forTerminal(remedy)}\n`;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return said;
}

/** The events of this type in a run's log. */
export function eventsOf(run: string, type: string): Record<string, unknown>[] {
  return fs
    .readFileSync(path.join(run, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((event) => event['type'] === type);
}
