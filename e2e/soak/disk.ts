/** What an app has on the disk, and the most that its runs should take by their settings. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Ending of the name of a file that is still being written. */
const UNFINISHED = '.unfinished';
/** Checkpoints beside the newest: the best, and one that waits to be measured. */
const KEPT_BESIDE = 2;
/** Of events.jsonl: the losses of a step, and now and then metrics. */
const BYTES_PER_STEP = 400;
/** Config, holder, layout and log of a run. */
const BYTES_BESIDE = 200_000;
/** A sheet may be this many times as large as the mean one, as pictures compress differently. */
const SHEETS_DIFFER = 1.5;

const configSchema = z.object({
  samples: z.object({ everySteps: z.number() }),
  checkpoints: z.object({ keep: z.number() }),
});

/** Bytes below the app's home, by what they are for. */
export type DiskUse = { runs: number; cache: number; logs: number; others: number; unfinished: string[] };

/** The files of a run: sizes in bytes, by kind. */
export type RunFiles = {
  name: string;
  bytes: number;
  /** Size of pictures.json, which grows with the number of pictures. */
  pictureBytes: number;
  checkpoints: number[];
  sheets: number[];
  /** The newest step of a checkpoint or a sheet. */
  step: number;
  /** How often it was started or resumed. */
  sessions: number;
  everySteps: number;
  keep: number;
};

/** The most bytes that a run with these files should take. */
export type Forecast = (run: RunFiles) => number;

type File = { path: string; bytes: number };

/** Every file below the folder; those that disappear meanwhile are skipped. */
function filesBelow(folder: string): File[] {
  return entriesOf(folder).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(place);
    const size = entry.isFile() ? fs.statSync(place, { throwIfNoEntry: false })?.size : undefined;
    return size === undefined ? [] : [{ path: place, bytes: size }];
  });
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const sum = (files: File[]) => files.reduce((total, { bytes }) => total + bytes, 0);

/** What lies below the app's home. */
export function diskUse(home: string): DiskUse {
  const files = filesBelow(home);
  const partOf = (name: string) => sum(files.filter(({ path: file }) => lies(file, path.join(home, name))));
  const [runs, cache, logs] = ['runs', 'cache', path.join('user-data', 'logs')].map(partOf);
  const known = { runs: runs ?? 0, cache: cache ?? 0, logs: logs ?? 0 };
  return {
    ...known,
    others: sum(files) - known.runs - known.cache - known.logs,
    unfinished: files
      .map(({ path: file }) => path.relative(home, file))
      .filter((file) => file.endsWith(UNFINISHED)),
  };
}

function lies(file: string, folder: string): boolean {
  return file.startsWith(folder + path.sep);
}

/** The runs below this folder, each with its files. */
export function readRuns(folder: string): RunFiles[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readRun(path.join(folder, name)))
    .filter((run) => run !== undefined);
}

function readRun(folder: string): RunFiles | undefined {
  const config = configSchema.safeParse(readJson(path.join(folder, 'config.json')));
  if (!config.success) return undefined;
  const of = (kind: string, extension: string) =>
    filesBelow(path.join(folder, kind)).filter(({ path: file }) => file.endsWith(extension));
  const checkpoints = of('checkpoints', '.safetensors');
  const sheets = of('samples', '.png');
  const steps = [...checkpoints, ...sheets].map((file) => Number(/step-(\d+)\./.exec(file.path)?.[1] ?? 0));
  return {
    name: path.basename(folder),
    bytes: sum(filesBelow(folder)),
    pictureBytes: fs.statSync(path.join(folder, 'pictures.json'), { throwIfNoEntry: false })?.size ?? 0,
    checkpoints: checkpoints.map(({ bytes }) => bytes),
    sheets: sheets.map(({ bytes }) => bytes),
    step: Math.max(0, ...steps),
    sessions: 1 + countOf(path.join(folder, 'events.jsonl'), '"type":"resumed"'),
    everySteps: config.data.samples.everySteps,
    keep: config.data.checkpoints.keep,
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function countOf(file: string, words: string): number {
  try {
    return fs.readFileSync(file, 'utf8').split(words).length - 1;
  } catch {
    return 0;
  }
}

/** The most bytes by the settings of a run, taking the sizes of its own files. */
export const forecastByFiles: Forecast = (run) =>
  mostCheckpoints(run) * Math.max(0, ...run.checkpoints) +
  mostSheets(run) * meanOf(run.sheets) * SHEETS_DIFFER +
  run.step * BYTES_PER_STEP +
  run.pictureBytes +
  BYTES_BESIDE;

const mostCheckpoints = ({ keep }: RunFiles) => keep + KEPT_BESIDE;
/** One at step 0, one every `everySteps`, and one wherever training stopped. */
const mostSheets = ({ step, everySteps, sessions }: RunFiles) => 1 + Math.floor(step / everySteps) + sessions;
const meanOf = (sizes: number[]) =>
  sizes.reduce((total, size) => total + size, 0) / Math.max(1, sizes.length);

/** What the runs hold beyond their settings or the forecast, in words. */
export function diskFaults(runs: readonly RunFiles[], forecast: Forecast = forecastByFiles): string[] {
  return runs.flatMap((run) => {
    const { name, checkpoints, sheets, bytes } = run;
    const most = forecast(run);
    return [
      ...tooMany(name, 'checkpoints', [checkpoints.length, mostCheckpoints(run)]),
      ...tooMany(name, 'sample sheets', [sheets.length, mostSheets(run)]),
      ...(bytes > most
        ? [`The run ${name} takes ${bytes} bytes; ${Math.round(most)} at most were forecast.`]
        : []),
    ];
  });
}

function tooMany(name: string, what: string, [count, most]: [number, number]): string[] {
  return count > most ? [`The run ${name} holds ${count} ${what}; ${most} at most were expected.`] : [];
}
