/** A tally in words and tables, for a person to read. */
import { ROLES, type Role } from './processes.ts';
import {
  MOST_HANDLES_PER_HOUR,
  MOST_MEGABYTES_PER_HOUR,
  SHORTEST_JUDGED_MINUTES,
  type Course,
  type Sample,
  type Tally,
} from './tally.ts';

const HEADS = ['', 'warm', 'end', 'largest', 'an hour', '2nd half, an hour'];

/** The whole tally. */
export function tallyWords(tally: Tally): string {
  const { actions, errors, warnings, megabytes, handles, faults, isJudged } = tally;
  const count = Object.values(actions).reduce((sum, each) => sum + each, 0);
  return [
    `${minutesOf(tally.hours)}, seed ${tally.seed}: ${count} actions, ${errors.length} errors.`,
    Object.entries(actions)
      .map(([name, times]) => `${name} ${times}`)
      .join(', '),
    '',
    ...table('memory, MB', megabytes),
    '',
    ...table('handles', { ...handles, processes: tally.processes }),
    '',
    ...diskLines(tally.disk),
    ...Object.entries(warnings).map(([text, times]) => `Warned ${times} times: ${text}`),
    '',
    isJudged
      ? `Allowed over the second half: ${MOST_MEGABYTES_PER_HOUR} MB and ${MOST_HANDLES_PER_HOUR} handles an hour, beyond two standard errors.`
      : `Slopes are not judged: the run was shorter than ${SHORTEST_JUDGED_MINUTES} minutes.`,
    ...(faults.length === 0 ? ['All is well.'] : ['What is wrong:', ...faults.map((fault) => `- ${fault}`)]),
  ].join('\n');
}

/** One line on a measurement: time, step, memory. */
export function sampleWords({ hours, step, held, processes, disk }: Sample): string {
  const memory = ROLES.map((role: Role) => `${role} ${Math.round(held[role].megabytes)}`).join(', ');
  return `${minutesOf(hours)}: step ${step}, MB: ${memory}; ${processes} processes, runs ${megabytesOf(disk.runs)}`;
}

function table(title: string, courses: Record<string, Course>): string[] {
  const rows = Object.entries(courses).map(([name, { first, last, largest, trend, late }]) => [
    name,
    ...[first, last, largest].map((value) => String(Math.round(value))),
    ...[trend, late].map((each) => (each ? `${Math.round(each.perHour)} ± ${Math.round(each.error)}` : '-')),
  ]);
  const [, ...heads] = HEADS;
  return aligned([[title, ...heads], ...rows]);
}

function aligned(rows: string[][]): string[] {
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

function diskLines({ first, last, largest }: Tally['disk']): string[] {
  const parts = (['runs', 'cache', 'logs', 'others'] as const).map(
    (part) => `${part} ${megabytesOf(first[part])} to ${megabytesOf(last[part])}`,
  );
  return [`disk: ${parts.join(', ')}; largest ${megabytesOf(largest)}`];
}

const megabytesOf = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const minutesOf = (hours: number) => `${(hours * 60).toFixed(1)} min`;
