/**
 * An attack by hostile run folders on the packaged app: each is listed, opened, resumed, duplicated and
 * trashed. Nothing outside of it may be read or changed, nothing may hang, and the run beside it must stay as
 * it was.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { CommandOutput, RunConfig, RunListing } from '#main/contract/index.ts';
import type { HostileKind } from '../../main/runs/test-hostile-kind.ts';
import type { StudioPage } from '../studio-page.ts';
import { FAULTS, processesOf, trainedRun } from './app-under-attack.ts';
import { layBait, Watched } from './canaries.ts';
import { loadSender, sendAll } from './send.ts';
import { askedOutside, stubDesktop } from './stub-desktop.ts';

/** For one command, on a machine that may be busy. */
const DEADLINE_MILLISECONDS = 20_000;
/** The most that a host may hold at any moment. */
const MOST_MEBIBYTES = 2048;
const FURTHER_STEPS = 3;
const NO_RUNS: CommandOutput<'runs.list'> = { runs: [], damaged: [] };

export type FolderTally = {
  kinds: number;
  seconds: number;
  /** By kind of fault and command: ok, or the code of the failure. */
  outcomes: Record<string, Record<string, string>>;
  /** How many could be trained on. */
  resumed: number;
  slowestMilliseconds: number;
  /** The most memory that each host held, in MiB, by its name. */
  mebibytes: Record<string, number>;
  faults: string[];
};

type HostAnswer = { code: string; message: string; output: unknown };

class Tried {
  readonly faults: string[] = [];
  slowest = 0;
  private readonly studio: StudioPage;
  private readonly words: string[];
  private kind = '';
  private outcome: Record<string, string> = {};

  constructor(studio: StudioPage, words: string[]) {
    this.studio = studio;
    this.words = words;
  }

  begin(kind: string, outcome: Record<string, string>): void {
    this.kind = kind;
    this.outcome = outcome;
  }

  fault(what: string): void {
    this.faults.push(`${this.kind}: ${what}`);
    process.stderr.write(`${this.kind}: ${what}\n`);
  }

  /** Sends a command and notes the outcome under `as`, for a command that is sent more than once. */
  async send(name: string, input: unknown, as = name): Promise<HostAnswer> {
    const message = {
      texts: [JSON.stringify({ name, input })],
      words: this.words,
      deadline: DEADLINE_MILLISECONDS,
      wantsOutput: true,
    };
    const [answer] = await sendAll(this.studio.page, message);
    const { code, message: words, milliseconds, leaked, output } = answer!;
    this.outcome[as] = code;
    this.slowest = Math.max(this.slowest, milliseconds);
    if (leaked.length > 0) this.fault(`${as} answered with ${leaked.join(', ')}`);
    if (FAULTS.includes(code)) this.fault(`${as}: ${code}: ${words}`);
    return {
      code,
      message: words,
      output: output === undefined ? undefined : (JSON.parse(output) as unknown),
    };
  }

  /** Notes that the run was listed as one that cannot be read. */
  isDamaged(): void {
    this.outcome['damaged'] = 'ok';
  }

  /** Waits until the run in the trainer has ended. */
  async untilEnded(as: string): Promise<void> {
    for (const end = Date.now() + DEADLINE_MILLISECONDS; Date.now() < end;) {
      const { output } = await this.send('run.current', {}, 'run.current');
      const status = (output as { status?: string } | undefined)?.status;
      if (!['training', 'starting', 'paused'].includes(status ?? '')) {
        this.outcome[as] = status ?? 'none';
        // A fault that blocks a file also keeps the last state from being saved.
        if (status === 'unsaved') await this.send('run.endUnsaved', {});
        return;
      }
      await this.studio.page.waitForTimeout(30);
    }
    this.fault(`${as} did not end`);
    await this.send('run.stop', {});
    await this.send('run.endUnsaved', {});
  }
}

type FolderAttack = { studio: StudioPage; home: string; place: string };

type Trial = { kinds: readonly HostileKind[]; onProgress?: (done: number) => void };

/** Tries these kinds of faults, one after another. */
export async function tryRunFolders(
  { studio, home, place }: FolderAttack,
  { kinds, onProgress = () => undefined }: Trial,
): Promise<FolderTally> {
  const begun = Date.now();
  const whole = await trainedRun(studio);
  const original = path.join(place, 'original');
  fs.cpSync(whole, original, { recursive: true });
  const outside = path.join(home, 'beside');
  const words = layBait(outside, { run: original, word: 'canary-9d41b7c2' });
  await stubDesktop(studio.app, {
    granted: { folder: place, file: path.join(place, 'x.png'), all: [path.dirname(whole)] },
    trash: path.join(place, 'trash'),
    isGone: true,
  });
  await loadSender(studio.page);
  const processes = await processesOf(studio.app);
  const tried = new Tried(studio, words);
  const outcomes: FolderTally['outcomes'] = {};
  for (const [at, kind] of kinds.entries()) {
    tried.begin(kind.name, (outcomes[kind.name] ??= {}));
    await tryKind(tried, kind, {
      original,
      outside,
      whole,
      folder: path.join(path.dirname(whole), `hostile-${at}`),
    });
    onProgress(at + 1);
  }
  tried.begin('at the end', {});
  return {
    kinds: kinds.length,
    seconds: Math.round((Date.now() - begun) / 1000),
    outcomes,
    resumed: Object.values(outcomes).filter((outcome) => outcome['resumed'] === 'finished').length,
    slowestMilliseconds: tried.slowest,
    mebibytes: await checkApp(tried, studio, processes),
    faults: tried.faults,
  };
}

type Folders = {
  /** The copy of the run that is spoilt. */
  folder: string;
  /** The intact run: a copy outside of the runs folder, and the one in it. */
  original: string;
  whole: string;
  outside: string;
};

/** Spoils a copy of the run, goes through the commands, and removes it. */
async function tryKind(
  tried: Tried,
  { spoil }: HostileKind,
  { folder, original, whole, outside }: Folders,
): Promise<void> {
  fs.cpSync(original, folder, { recursive: true });
  spoil({ folder, outside });
  const watched = new Watched([outside, whole]);
  await tryOne(tried, { folder, whole });
  for (const change of watched.changes([whole])) tried.fault(`outside of its folder: ${change}`);
  // Work that is still under way after a fault may still write there.
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 1000 });
}

/**
 * Checks what the desktop was asked for, the processes and their memory. Returns the most MiB that each host
 * held.
 */
async function checkApp(
  tried: Tried,
  studio: StudioPage,
  processes: Record<string, number>,
): Promise<Record<string, number>> {
  for (const asked of (await askedOutside(studio.app)).outside)
    tried.fault(`the desktop was asked for ${asked}`);
  const after = await processesOf(studio.app);
  if (JSON.stringify(after) !== JSON.stringify(processes)) tried.fault('a process has ended');
  const mebibytes = memoryOf(after);
  for (const [host, held] of Object.entries(mebibytes))
    if (held > MOST_MEBIBYTES) tried.fault(`${host} held ${held} MiB`);
  return mebibytes;
}

async function tryOne(tried: Tried, { folder, whole }: { folder: string; whole: string }): Promise<void> {
  const listed = async (): Promise<RunListing | undefined> => {
    const { output } = await tried.send('runs.list', {});
    const { runs, damaged } = (output ?? NO_RUNS) as CommandOutput<'runs.list'>;
    const beside = runs.find((run) => run.folder === whole);
    if (beside?.checkpoint !== 6) tried.fault('the run beside it is not listed as it is');
    if (damaged.some((each) => each.folder === folder)) tried.isDamaged();
    return runs.find((run) => run.folder === folder);
  };
  const run = await listed();
  await tried.send('runs.history', { folder });
  await tried.send('runs.checkpoints', { folder });
  await tried.send('runs.samples', { folder, step: 6 });
  await tried.send('run.open', { folder });
  const resumed = await tried.send('run.resume', { folder, steps: (run?.checkpoint ?? 6) + FURTHER_STEPS });
  if (resumed.code === 'ok') await tried.untilEnded('resumed');
  if (run) await duplicate(tried, run);
  await tried.send('runs.note', { folder, note: 'mine' });
  await tried.send('runs.keep', { folder, step: 6, keep: true });
  await tried.send('runs.rename', { folder, name: `Hostile ${path.basename(folder)}` });
  await tried.send('runs.trash', { folder });
  await listed();
}

/** Starts a run with the same settings, as "Duplicate with changes" does, and trashes it. */
async function duplicate(tried: Tried, { config, folder }: RunListing): Promise<void> {
  const { source, options, leftOut } = config.dataset;
  const { code } = await tried.send('dataset.open', { source, options, leftOut, run: folder });
  if (code !== 'ok') return;
  const copy: RunConfig = { ...config, name: 'Duplicate', steps: FURTHER_STEPS };
  const { output, code: started } = await tried.send('run.start', { config: copy });
  if (started !== 'ok') return;
  await tried.untilEnded('duplicated');
  await tried.send('runs.trash', { folder: (output as { folder: string }).folder }, 'trash of the duplicate');
}

/** The peak of resident memory of each host, in MiB. */
function memoryOf(processes: Record<string, number>): Record<string, number> {
  const hosts = Object.entries(processes).filter(([name]) => name.startsWith('Utility'));
  return Object.fromEntries(
    hosts.map(([name, pid]) => {
      const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
      return [name, Math.round(Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]) / 1024)];
    }),
  );
}
