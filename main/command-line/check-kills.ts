/**
 * `check-kills`: checks that SIGKILL at random moments of training and of checkpoint writing loses nothing
 * and changes nothing.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endWithUs } from '../bench/child.ts';
import { randomWords } from '../random.ts';
import { readHistory, Run } from '../runs/index.ts';
import { defaultFolders } from './default-folders.ts';
import { thisProgram } from './this-program.ts';

const IMAGES = 48;
const STEPS = 300;
/** Steps; so few that many kills hit the writing of a checkpoint. */
const CHECKPOINT_EVERY = 1;
/** From the first step on; some kills are counted from the start of the process. */
const LONGEST_LIFE_MILLISECONDS = 700;
const KILLED_AT_START = 0.1;

type Tally = {
  kills: number;
  runs: number;
  duringCheckpoint: number;
  atStart: number;
  lost: number;
  different: number;
};

/**
 * Kills and resumes runs until `count` kills are done and the last run has ended, and prints a tally. Returns
 * whether no run was lost and all have the losses of an uninterrupted one.
 */
export async function checkKillsCommand({ count, seed }: { count: number; seed: number }): Promise<boolean> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-kills-'));
  const random = randomNumbers(seed);
  const tally: Tally = { kills: 0, runs: 0, duringCheckpoint: 0, atStart: 0, lost: 0, different: 0 };
  try {
    const data = copyImages(path.join(place, 'data'));
    const whole = path.join(place, 'whole');
    await runFor(trainArguments(data, whole), Infinity);
    const expected = lossesOf(whole);
    while (tally.kills < count) {
      const run = path.join(place, `run-${++tally.runs}`);
      await killUntilDone({ run, data, count, tally, random });
      if (!fs.existsSync(run) || lossesOf(run) !== expected) tally.different += 1;
      process.stderr.write(`${tally.kills} of ${count} kills\n`);
    }
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
  process.stdout.write(`${JSON.stringify(tally)}\n`);
  return tally.lost === 0 && tally.different === 0;
}

async function killUntilDone({
  run,
  data,
  count,
  tally,
  random,
}: {
  run: string;
  data: string;
  count: number;
  tally: Tally;
  random: () => number;
}): Promise<void> {
  for (let done = false; !done; done ||= hasEnded(run)) {
    const known = fs.existsSync(path.join(run, 'config.json'));
    const words = known ? ['resume', '--run', run, '--json'] : trainArguments(data, run);
    const atStart = random() < KILLED_AT_START;
    const life = tally.kills >= count ? Infinity : random() * LONGEST_LIFE_MILLISECONDS;
    const end = await runFor(words, life, atStart ? 'start' : 'first step');
    done = end === 0;
    if (end === 'killed') tally.kills += 1;
    else if (end !== 0) throw new Error(`${words.join(' ')} ended with exit code ${end}`);
    if (end === 'killed' && atStart) tally.atStart += 1;
    if (end === 'killed') countKill(run, tally);
  }
}

/** Whether the last checkpoint is written: a kill may come after it. */
function hasEnded(run: string): boolean {
  return fs.existsSync(path.join(run, 'config.json')) && Run.open(run).checkpointSteps()[0] === STEPS;
}

/**
 * Counts whether the kill hit the writing of a checkpoint, and whether it left a run without a whole
 * checkpoint.
 */
function countKill(run: string, tally: Tally): void {
  if (!fs.existsSync(path.join(run, 'config.json'))) return;
  const folder = path.join(run, 'checkpoints');
  if (fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name.endsWith('.unfinished')))
    tally.duringCheckpoint += 1;
  try {
    const opened = Run.open(run);
    if (opened.checkpointSteps().length > 0) opened.newestCheckpoint();
  } catch {
    tally.lost += 1;
  }
}

/** Runs this program with these arguments, and kills it after this time from its start or its first step. */
function runFor(
  words: string[],
  milliseconds: number,
  since: 'start' | 'first step' = 'start',
): Promise<number | 'killed'> {
  const child = spawn(process.execPath, [thisProgram(), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  endWithUs(child);
  let timer: NodeJS.Timeout | undefined;
  const arm = () => {
    if (Number.isFinite(milliseconds)) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds);
  };
  if (since === 'start') arm();
  else child.stdout.once('data', arm);
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL' ? 'killed' : (code ?? -1));
    });
  });
}

function trainArguments(data: string, run: string): string[] {
  return [
    'train',
    '--data',
    data,
    '--out',
    run,
    '--size',
    '28',
    '--gan-option',
    'width=4',
    '--batch',
    '8',
    '--z',
    '8',
    '--json',
    '--steps',
    String(STEPS),
    '--checkpoint-every',
    String(CHECKPOINT_EVERY),
  ];
}

/** Every loss of the run, as text to compare. */
function lossesOf(run: string): string {
  const { steps, losses } = readHistory(run);
  return JSON.stringify([
    [...steps],
    ...Object.entries(losses).map(([phase, numbers]) => [phase, ...numbers]),
  ]);
}

function copyImages(folder: string): string {
  const emoji = path.join(defaultFolders().builtIn, 'emoji');
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(emoji).slice(0, IMAGES))
    fs.copyFileSync(path.join(emoji, name), path.join(folder, name));
  return folder;
}

/** A function that returns a new random number in [0, 1) with each call. */
function randomNumbers(seed: number): () => number {
  let drawn = 0;
  return () => (randomWords({ seed, stream: 'latent', step: drawn++ }, 1)[0] ?? 0) / 0x100000000;
}
