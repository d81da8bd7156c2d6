/**
 * The tally of hours of use: what was done, what went wrong, and whether memory, handles and disk stayed
 * flat.
 */
import type { Action } from './actions.ts';
import type { DiskUse } from './disk.ts';
import { LASTING_ROLES, ROLES, type Held, type Role } from './processes.ts';
import { growsBeyond, trendOf, type Point, type Trend } from './trend.ts';

/** Growth an hour that is allowed: in a night of 10 hours, a process gains less than half a gigabyte. */
export const MOST_MEGABYTES_PER_HOUR = 40;
export const MOST_HANDLES_PER_HOUR = 20;
/** Growth over less time is not judged, since caches and heaps still fill. */
export const SHORTEST_JUDGED_MINUTES = 10;
/** The log is four files of a megabyte at most. */
const MOST_LOG_BYTES = 4.2e6;

const LONGEST_WARM_UP_HOURS = 5 / 60;
const WARM_UP_SHARE = 0.25;

/** One measurement. */
export type Sample = {
  /** Since the beginning. */
  hours: number;
  /** Of the run in the trainer. */
  step: number;
  processes: number;
  held: Record<Role, Held>;
  disk: DiskUse;
};

/** Something that should not have happened. */
export type SoakError = { hours: number; action: Action | 'start' | 'end'; message: string };

/** How one number of one role changed over time. */
export type Course = {
  /** Value when the warm-up was over. */
  first: number;
  last: number;
  largest: number;
  /** After the warm-up; undefined for too few measurements. */
  trend: Trend | undefined;
  /** Over the second half, which is judged. */
  late: Trend | undefined;
};

export type Tally = {
  seed: number;
  hours: number;
  actions: Partial<Record<Action, number>>;
  errors: SoakError[];
  /** Warnings in the app's log, and how often each occurred. */
  warnings: Record<string, number>;
  megabytes: Record<Role, Course>;
  handles: Record<Role, Course>;
  processes: Course;
  disk: { first: DiskUse; last: DiskUse; largest: number };
  isJudged: boolean;
  /** What went wrong, in words; empty if all is well. */
  faults: string[];
};

/** What a tally is made of. */
export type Findings = {
  seed: number;
  /** In the order of time; at least one. */
  samples: readonly Sample[];
  actions: Tally['actions'];
  errors: SoakError[];
  warnings: Tally['warnings'];
  /** Runs that hold more than their settings allow, in words. */
  diskFaults: readonly string[];
};

/** Sums up the findings. Throws if there is no measurement. */
export function tallyOf(findings: Findings): Tally {
  const { seed, samples, actions, errors, warnings } = findings;
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last) throw new Error('Nothing was measured.');
  const { hours } = last;
  const course = (of: (sample: Sample) => number) => courseOf(samples, of);
  const byRole = (of: (held: Held) => number) =>
    Object.fromEntries(ROLES.map((role) => [role, course(({ held }) => of(held[role]))])) as Record<
      Role,
      Course
    >;
  const measured = {
    megabytes: byRole((held) => held.megabytes),
    handles: byRole((held) => held.handles),
    processes: course(({ processes }) => processes),
    disk: { first: first.disk, last: last.disk, largest: Math.max(...samples.map(bytesOf)) },
  };
  const isJudged = hours * 60 >= SHORTEST_JUDGED_MINUTES;
  const faults = [
    ...(isJudged ? growth(measured) : []),
    ...deaths(samples),
    ...errors.map(({ message, action }) => `During “${action}”: ${message}`),
    ...last.disk.unfinished.map((file) => `The file ${file} was left unfinished.`),
    ...(last.disk.logs > MOST_LOG_BYTES ? [`The app’s log takes ${last.disk.logs} bytes.`] : []),
    ...findings.diskFaults,
  ];
  return { seed, hours, actions, errors, warnings, ...measured, isJudged, faults };
}

function courseOf(samples: readonly Sample[], of: (sample: Sample) => number): Course {
  const points = samples.map((sample): Point => ({ hours: sample.hours, value: of(sample) }));
  const end = points.at(-1)?.hours ?? 0;
  const warm = points.filter(({ hours }) => hours >= Math.min(LONGEST_WARM_UP_HOURS, WARM_UP_SHARE * end));
  const begin = warm[0]?.hours ?? 0;
  return {
    first: warm[0]?.value ?? 0,
    last: points.at(-1)?.value ?? 0,
    largest: Math.max(...points.map(({ value }) => value)),
    trend: trendOf(warm),
    late: trendOf(warm.filter(({ hours }) => hours >= (begin + end) / 2)),
  };
}

/** Growth beyond what is allowed, of the roles that last; the others come and go. */
function growth({ megabytes, handles }: Pick<Tally, 'megabytes' | 'handles'>): string[] {
  return LASTING_ROLES.flatMap((role) => [
    ...growing(`The memory of ${role}`, megabytes[role].late, [MOST_MEGABYTES_PER_HOUR, 'MB']),
    ...growing(`The handles of ${role}`, handles[role].late, [MOST_HANDLES_PER_HOUR, 'handles']),
  ]);
}

function growing(what: string, late: Trend | undefined, [most, unit]: [number, string]): string[] {
  if (!late || !growsBeyond(late, most)) return [];
  const slope = `${Math.round(late.perHour)} ± ${Math.round(late.error)} ${unit} an hour`;
  return [`${what} grew by ${slope} over the second half; ${most} are allowed.`];
}

/** Roles that last whose process ended, replaced by another or not. */
function deaths(samples: readonly Sample[]): string[] {
  return LASTING_ROLES.flatMap((role) => {
    const [first] = samples;
    const pid = first?.held[role].pids[0];
    if (pid === undefined) return [`There was no process of ${role} at the beginning.`];
    const without = samples.find(({ held }) => !held[role].pids.includes(pid));
    return without
      ? [`The process of ${role} (${pid}) had ended after ${Math.round(without.hours * 60)} minutes.`]
      : [];
  });
}

const bytesOf = ({ disk: { runs, cache, logs, others } }: Sample) => runs + cache + logs + others;
