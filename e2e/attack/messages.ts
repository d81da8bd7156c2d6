/**
 * An attack on the command channel of the packaged app: hostile messages, many at once, with bait outside of what the app
 * was given. Afterwards nobody has read or changed the bait, the processes are the same, and the app trains.
 */
import fs from 'node:fs';
import path from 'node:path';
import {
  COMMANDS,
  EXPORT_FORMAT_NAMES,
  DEFAULT_DATASET_OPTIONS,
  type RunConfig,
} from '#main/contract/index.ts';
import { copyEmoji } from '../image-folder.ts';
import type { StudioPage } from '../studio-page.ts';
import { layBait, Watched } from './canaries.ts';
import { Chance } from './chance.ts';
import { ENDING, hostileMessage } from './hostile-message.ts';
import { ask, FAULTS, processesOf, SMALL, trainedRun } from './app-under-attack.ts';
import { sendAll, type Answered } from './in-page.ts';
import { askedOutside, stubDesktop } from './stub-desktop.ts';
import type { FittingValues } from './valid-input.ts';

/** Longer than any command takes that these messages make. */
const DEADLINE_MILLISECONDS = 60_000;
const MOST_AT_ONCE = 64;
const MOST_TOLD = 20;
export type Tally = {
  seed: number;
  messages: number;
  seconds: number;
  /** How many answers there were of each code. */
  answers: Record<string, number>;
  /** Commands that none of the messages had done: they were always refused. */
  neverDone: string[];
  slowestMilliseconds: number;
  /** Dialogs, the file manager and the trash, as they were asked. */
  desktop: Record<string, number>;
  /** Whether this disk notes that a file was read. */
  seesReading: boolean;
  /** Steps of the run that was trained afterwards. */
  trained: number;
  /** What is wrong, the first of each kind. */
  faults: string[];
};

export type Attacked = { studio: StudioPage; home: string; place: string };

/** Sends so many messages; `onProgress` is told how many are through. */
export async function attack(
  { studio, home, place }: Attacked,
  {
    count,
    seed,
    onProgress = () => undefined,
  }: { count: number; seed: number; onProgress?: (done: number) => void },
): Promise<Tally> {
  const begun = Date.now();
  const chance = new Chance(seed);
  const runs = path.join(home, 'runs');
  const run = await trainedRun(studio);
  const bait = layAllBait({ home, place, run });
  const { known, granted } = await grantPlaces(studio, { home, place, run, bait });
  await stubDesktop(studio.app, { granted, trash: path.join(place, 'trash') });
  const watched = new Watched(bait.folders);
  const processes = await processesOf(studio.app);
  const pageErrors: string[] = [];
  studio.page.on('pageerror', (error) => pageErrors.push(String(error)));

  const faults = new Map<string, string>();
  const answers: Record<string, number> = {};
  const succeeded = new Set<string>();
  let slowestMilliseconds = 0;
  for (let done = 0; done < count;) {
    const messages = Array.from({ length: 1 + chance.below(MOST_AT_ONCE) }, () =>
      hostileMessage(chance, known),
    );
    const texts = [...messages, ...ENDING].slice(0, count - done).map((message) => JSON.stringify(message));
    const answered = await studio.page.evaluate(sendAll, {
      texts,
      words: bait.words,
      deadline: DEADLINE_MILLISECONDS,
    });
    answered.forEach((answer, at) => {
      if (answer.code === 'ok') succeeded.add(nameIn(texts[at] ?? ''));
      answers[answer.code] = (answers[answer.code] ?? 0) + 1;
      slowestMilliseconds = Math.max(slowestMilliseconds, answer.milliseconds);
      const fault = faultOf(answer);
      if (fault !== undefined && !faults.has(fault))
        faults.set(fault, `${fault} <- ${texts[at]?.slice(0, 600)}`);
    });
    done += texts.length;
    onProgress(done);
  }
  for (const change of watched.changes()) faults.set(change, `outside of what was given: ${change}`);
  const desktop = await askedOutside(studio.app);
  for (const asked of desktop.outside) faults.set(asked, `the desktop was asked for ${asked}`);
  const after = await processesOf(studio.app);
  if (JSON.stringify(after) !== JSON.stringify(processes))
    faults.set(
      'processes',
      `the processes were ${JSON.stringify(processes)} and are ${JSON.stringify(after)}`,
    );
  for (const error of pageErrors) faults.set(error, `the page broke: ${error}`);
  const trained = await trainsStill(studio, runs).catch((error: unknown) => {
    faults.set('training', `the app does not train any more: ${String(error)}`);
    return 0;
  });
  return {
    seed,
    messages: count,
    seconds: Math.round((Date.now() - begun) / 1000),
    answers: Object.fromEntries(Object.entries(answers).sort(([, a], [, b]) => b - a)),
    neverDone: Object.keys(COMMANDS).filter((name) => !succeeded.has(name)),
    slowestMilliseconds,
    desktop: desktop.counts,
    seesReading: watched.seesReading,
    trained,
    faults: [...faults.values()].slice(0, MOST_TOLD),
  };
}

/** The command that a message names, should it name one. */
const nameIn = (text: string): string => /^\{"name":"([^"]*)"/.exec(text)?.[1] ?? '';

function faultOf({ code, message, leaked }: Answered): string | undefined {
  if (leaked.length > 0) return `an answer holds ${leaked.join(', ')}`;
  return FAULTS.includes(code) ? `${code}: ${message}` : undefined;
}

const POINTS: RunConfig = {
  ...SMALL,
  dataset: {
    ...SMALL.dataset,
    source: { kind: 'points', points: { layout: 'ring', modes: 8, radius: 1, deviation: 0.01 } },
  },
  gan: { kind: 'mlp', options: {} },
  z: { size: 2, distribution: 'normal' },
};

/** Ends what is under way, then trains one more run. */
async function trainsStill(studio: StudioPage, runs: string): Promise<number> {
  for (const name of [
    'dataset.cancel',
    'export.cancel',
    'lab.close',
    'run.stopMeasuring',
    'run.cancel',
  ] as const)
    await ask(studio, name, {});
  await studio.ask('run.stop', {});
  await studio.ask('run.giveUp', {});
  await ask(studio, 'preferences.chooseRunsFolder', { to: 'default' });
  const folder = await trainedRun(studio);
  if (!folder.startsWith(runs)) throw new Error(`it trained in ${folder}`);
  return ((await ask(studio, 'run.current', {})) as { step: number }).step;
}

type Bait = { words: string[]; folders: string[]; links: string[] };

/** Beside the folder of runs, beside what was given, and beyond links that lie among the runs. */
function layAllBait({ home, place, run }: { home: string; place: string; run: string }): Bait {
  const folders = [
    path.join(home, 'runs-beside'),
    path.join(home, 'private'),
    path.join(place, 'given-beside'),
  ];
  const words = folders.flatMap((folder, at) => layBait(folder, { run, word: `canary-${at}-7f3ac91e` }));
  // A data set may follow links, and says so; nothing else does.
  const links = folders.flatMap((folder, at) =>
    [folder, path.join(folder, 'run'), path.join(folder, 'secret.txt')].map((lead, which) => {
      const link = path.join(home, 'runs', `link-${at}-${which}`);
      fs.symlinkSync(lead, link);
      return link;
    }),
  );
  return { words: [...new Set(words)], folders, links };
}

type Places = { home: string; place: string; run: string; bait: Bait };

/** Gives the app a folder of pictures and places to export to, as a person does, and answers what messages may name. */
async function grantPlaces(
  studio: StudioPage,
  { home, place, run, bait }: Places,
): Promise<{ known: FittingValues; granted: { folder: string; file: string; all: string[] } }> {
  const given = path.join(place, 'given');
  const exports = path.join(place, 'exports');
  copyEmoji(given, 12);
  fs.mkdirSync(exports);
  await studio.drop(given);
  const source = { kind: 'files', paths: [given] };
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 32 };
  const { id } = (await ask(studio, 'dataset.open', { source, options, leftOut: [] })) as { id: string };
  const file = path.join(exports, 'picture.png');
  const beyond = bait.folders.flatMap((folder) => [
    folder,
    path.join(folder, 'run'),
    path.join(folder, 'secret.txt'),
    path.join(folder, 'pictures'),
    path.join(folder, 'pictures', 'secret.png'),
    path.join(run, '..', '..', path.basename(folder), 'run'),
    path.join('/proc/self/root', folder, 'run'),
    path.relative(process.cwd(), folder),
    `file://${folder}`,
  ]);
  const own = [run, run, run, run, given, exports, file, path.join(run, 'config.json')];
  const strange = [
    ...[...beyond, ...bait.links, path.join(home, 'runs'), path.join(run, 'checkpoints')],
    ...[home, place, '/', '/etc', '/etc/passwd', '/proc/self/environ', '/proc/self/mem', '/proc/self/fd/0'],
    ...[
      '/dev/zero',
      '/dev/stdin',
      '/dev/tty',
      '',
      '.',
      '..',
      '~',
      '~/.ssh',
      'C:\\Windows',
      '\\\\server\\share',
    ],
    ...['\\\\.\\PhysicalDrive0', '\\\\?\\C:\\', 'NUL', 'CON', `${given}\0.png`, `${run}/${'x'.repeat(300)}`],
  ];
  // Half of what is named was given.
  const places = [...strange, ...strange.map((_, at) => own[at % own.length])];
  const known: FittingValues = {
    id: [id, id, 'x', '__proto__'],
    config: [SMALL, SMALL, POINTS, { ...SMALL, dataset: { ...SMALL.dataset, source, options } }],
    ...Object.fromEntries(['folder', 'path', 'file', 'run', 'picture'].map((name) => [name, places])),
    paths: places.map((each) => [each]),
    bytes: [{ $: 'bytes', size: 100 }],
    // Another number of threads restarts the trainer, as it should.
    threads: [0],
    phase: ['discriminator', 'generator'],
    formats: EXPORT_FORMAT_NAMES.map((format) => [format]),
    step: [0, 6, 6],
    count: [1, 2, 16],
    layer: [0, 1],
  };
  return { known, granted: { folder: exports, file, all: [path.join(home, 'runs'), given, exports] } };
}
