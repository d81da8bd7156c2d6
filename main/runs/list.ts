/** Lists the runs in a folder, newest first, each read from its own files. */
import fs from 'node:fs';
import path from 'node:path';
import {
  toFailure,
  type DamagedRun,
  type RunEvent,
  type RunListing,
  type RunStatus,
} from '../contract/index.ts';
import { CONFIG } from './config-file.ts';
import { lasting, measuresOf } from './history.ts';
import { holderOf } from './holder.ts';
import { lookAt, requireInside } from './inside.ts';
import { readNote } from './note.ts';
import { readEnds, readNewest } from './read-events.ts';
import { Run } from './run.ts';

/** Enough of the log's end to hold its newest few events of each kind. */
const END_BYTES = 65_536;
/** What a listing reads besides the settings. */
const PARTS = ['events.jsonl', 'note.txt', 'holder.json', 'samples', 'checkpoints'];
/**
 * Health is logged only when it changes, which may be long ago: how much of the log's end is searched for it.
 */
const HEALTH_BYTES = 8 * 2 ** 20;

type Runs = { runs: RunListing[]; damaged: DamagedRun[] };

/**
 * The runs in this folder, newest first, and those that cannot be read. Folders without config.json are
 * skipped.
 */
export function readRuns(folder: string): Runs {
  const found: Runs = { runs: [], damaged: [] };
  for (const name of namesIn(folder)) {
    const run = path.join(folder, name);
    try {
      if (lookAt(path.join(run, CONFIG))) found.runs.push(listRun(run));
    } catch (error) {
      found.damaged.push({ folder: run, failure: toFailure(error), ...holderIn(run) });
    }
  }
  found.runs.sort((a, b) => b.changed - a.changed);
  return found;
}

/** The runs in this folder that can be read, newest first. */
export function listRuns(folder: string): RunListing[] {
  return readRuns(folder).runs;
}

/**
 * The folders and names of the runs in this folder. Reads settings alone, and skips those that cannot be
 * read.
 */
export function runNames(folder: string): { folder: string; name: string }[] {
  return namesIn(folder).flatMap((place) => {
    const run = path.join(folder, place);
    try {
      return [{ folder: run, name: Run.open(run).config.name }];
    } catch {
      return [];
    }
  });
}

/** Folders alone: a link in the runs folder may lead to places that nobody granted to the app. */
const namesIn = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
        .sort()
    : [];

/** One run. Throws StudioError `run-missing`, `run-damaged`, `run-too-new` or `run-unsafe`. */
export function listRun(folder: string): RunListing {
  const run = Run.open(folder);
  for (const part of PARTS) requireInside(folder, path.join(folder, part));
  // Read even if the log makes them unnecessary: this refuses a file in the place of a folder.
  const [checkpoints, sheets] = [run.checkpointSteps(), run.sampleSteps()];
  const { first, newest } = readEnds(folder, END_BYTES);
  const created = fs.statSync(folder).birthtimeMs;
  const events = newest.map(({ event }) => event);
  const held = holderIn(folder);
  const logged = last(events, 'run-state')?.status ?? 'starting';
  const still = lasting(events);
  const losses = newestLosses(still);
  const best = run.best();
  const health = last(events, 'health') ?? readNewest(folder, { type: 'health', bytes: HEALTH_BYTES });
  return {
    folder,
    config: run.config,
    note: readNote(folder),
    status: held.holder ? logged : settled(logged),
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
    ...optional('newestSamples', last(still, 'samples')?.step ?? sheets[0]),
    checkpoint: checkpoints[0] ?? 0,
    ...held,
  };
}

function holderIn(folder: string): Pick<RunListing, 'holder'> {
  const holder = holderOf(folder);
  return holder ? { holder: { pid: holder.pid, program: holder.program, since: holder.since } } : {};
}

/** The newest loss of each phase: a step need not have taken all of them. */
function newestLosses(events: RunEvent[]): Record<string, number> | undefined {
  const losses = events.flatMap((event) => (event.type === 'losses' ? [event.losses] : []));
  return losses.length > 0 ? (Object.assign({}, ...losses) as Record<string, number>) : undefined;
}

/** The newest value of each metric. */
function newestMetrics(events: RunEvent[]): Record<string, number> {
  const measures = events.map((event) => measuresOf(event)?.values ?? {});
  return Object.assign({}, ...measures) as Record<string, number>;
}

/** A run that no process holds does not train, whatever status it logged last. */
function settled(status: RunStatus): RunStatus {
  return ['starting', 'training', 'paused', 'unsaved'].includes(status) ? 'interrupted' : status;
}

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
