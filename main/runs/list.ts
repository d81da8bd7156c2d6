/** The runs in a folder, newest first, each as its own files tell it. */
import fs from 'node:fs';
import path from 'node:path';
import {
  toFailure,
  type Failure,
  type RunEvent,
  type RunListing,
  type RunStatus,
} from '../contract/index.ts';
import { CONFIG } from './config-file.ts';
import { readEnds, readNewest } from './events-file.ts';
import { lasting, measuresOf } from './history.ts';
import { holderOf } from './holder.ts';
import { lookAt, requireInside } from './inside.ts';
import { readNote } from './note.ts';
import { Run } from './run.ts';

/** Enough of the log's end to hold its newest few events of each kind. */
const END_BYTES = 65_536;
/** What a listing reads beside the settings. */
const PARTS = ['events.jsonl', 'note.txt', 'holder.json', 'samples', 'checkpoints'];
/** Health is said when it changes, which may be long ago: so much of the log's end is looked through for it. */
const HEALTH_BYTES = 8 * 2 ** 20;

/** Lists the runs below this folder. A folder that is no run is left out, and so is a run that cannot be read: see `damagedRuns`. */
export function listRuns(folder: string): RunListing[] {
  return eachRun(folder, listRun).sort((a, b) => b.changed - a.changed);
}

/** The folders below this one that hold a run's settings, and yet cannot be read as a run; why, and what can be done. */
export function damagedRuns(folder: string): { folder: string; failure: Failure }[] {
  return namesIn(folder).flatMap((name) => {
    const run = path.join(folder, name);
    try {
      if (!lookAt(path.join(run, CONFIG))) return [];
      const opened = Run.open(run);
      for (const part of PARTS) requireInside(run, path.join(run, part));
      // As a listing does, which a file in the place of a folder stops.
      opened.checkpointSteps();
      opened.sampleSteps();
      return [];
    } catch (error) {
      return [{ folder: run, failure: toFailure(error) }];
    }
  });
}

/** The folders and names of the runs below this folder, by their settings alone. */
export function runNames(folder: string): { folder: string; name: string }[] {
  return eachRun(folder, (run) => ({ folder: run, name: Run.open(run).config.name }));
}

/** Folders alone: a link in the runs folder may lead anywhere, to what the app was not given. */
const namesIn = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
        .sort()
    : [];

function eachRun<Result>(folder: string, read: (run: string) => Result): Result[] {
  return namesIn(folder).flatMap((name) => {
    try {
      return [read(path.join(folder, name))];
    } catch {
      return [];
    }
  });
}

/** One run; throws StudioError when the folder is none. */
export function listRun(folder: string): RunListing {
  const run = Run.open(folder);
  const { first, newest } = readEnds(folder, END_BYTES);
  const created = fs.statSync(folder).birthtimeMs;
  const events = newest.map(({ event }) => event);
  const holder = holderOf(folder);
  const told = last(events, 'run-state')?.status ?? 'starting';
  const still = lasting(events);
  const losses = newestLosses(still);
  const best = run.best();
  const health = last(events, 'health') ?? readNewest(folder, { type: 'health', bytes: HEALTH_BYTES });
  return {
    folder,
    config: run.config,
    note: readNote(folder),
    status: holder ? told : settled(told),
    step: stepOf(events),
    started: first?.time ?? created,
    changed: newest.at(-1)?.time ?? created,
    trainedSeconds: events.reduce(
      (seconds, event) => ('trainedSeconds' in event ? (event.trainedSeconds ?? seconds) : seconds),
      0,
    ),
    ...(losses ? { losses } : {}),
    metrics: newestMetrics(still),
    ...(health && { health: health.findings }),
    ...(best && { best }),
    ...optional('newestSamples', last(still, 'samples')?.step ?? run.sampleSteps()[0]),
    checkpoint: run.checkpointSteps()[0] ?? 0,
    ...(holder ? { holder: { pid: holder.pid, program: holder.program, since: holder.since } } : {}),
  };
}

/** The newest loss of each phase: a step need not have taken all of them. */
function newestLosses(events: RunEvent[]): Record<string, number> | undefined {
  const told = events.flatMap((event) => (event.type === 'losses' ? [event.losses] : []));
  return told.length > 0 ? (Object.assign({}, ...told) as Record<string, number>) : undefined;
}

/** The newest value of each metric. */
function newestMetrics(events: RunEvent[]): Record<string, number> {
  const told = events.map((event) => measuresOf(event)?.values ?? {});
  return Object.assign({}, ...told) as Record<string, number>;
}

/** A run that nobody holds does not train, whatever it said last. */
function settled(status: RunStatus): RunStatus {
  return ['starting', 'training', 'paused', 'unsaved'].includes(status) ? 'interrupted' : status;
}

/** The step of the newest event that tells one. */
function stepOf(events: RunEvent[]): number {
  return events.at(-1)?.step ?? 0;
}

function last<Type extends RunEvent['type']>(
  events: RunEvent[],
  type: Type,
): Extract<RunEvent, { type: Type }> | undefined {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type).at(-1);
}

function optional<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}
