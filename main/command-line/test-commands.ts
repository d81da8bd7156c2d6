/** Runs commands as a person types them, in the test's own process, in a home of their own. */
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

/** What was said on standard error, a failure among it, and on standard output. */
export type Said = { messages: string; printed: string; failed: boolean };

export type CommandPlace = {
  folder: string;
  /** A path in it, whose folders are made. */
  at(name: string): string;
  /** A grey picture, whose shade tells it from others. */
  picture(name: string, shade: number): string;
  run(...words: string[]): Promise<Said>;
  /** `train` with the least of everything, for two steps. */
  train(out: string, ...words: string[]): Promise<Said>;
};

const TINY = '--size 28 --colour grey --gan dcgan --gan-option width=4 --batch 4 --z 4 --steps 2';

/** A folder that goes away when the test ends. */
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
  const hear = (stream: NodeJS.WriteStream, part: 'messages' | 'printed') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[part] += String(text);
      return true;
    });
  const ears = [hear(process.stderr, 'messages'), hear(process.stdout, 'printed')];
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
    for (const ear of ears) ear.mockRestore();
  }
  return said;
}

/** The events in a run's log of this type. */
export function eventsOf(run: string, type: string): Record<string, unknown>[] {
  return fs
    .readFileSync(path.join(run, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((event) => event['type'] === type);
}
