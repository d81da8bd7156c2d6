/** Forecasts how much disk space a run takes, before it begins. */
import { z } from 'zod';
import { bytesInWords } from './bytes.ts';
import type { Failure } from './failure.ts';
import type { RunConfig } from './run-config.ts';
import { settingAt, type SettingPath } from './run-settings.ts';
import type { Setting } from './setting.ts';

/**
 * Sizes of the pieces of a run, in bytes; they follow from its settings, and hardly depend on how long it
 * trains.
 */
export const diskPiecesSchema = z.object({
  /** A checkpoint, exactly. */
  checkpoint: z.number(),
  /** A sheet of sample pictures, by a bound that few sheets but the first exceed. */
  sheet: z.number(),
  /** What a step adds to the log of events, on average. */
  step: z.number(),
});
export type DiskPieces = z.infer<typeof diskPiecesSchema>;

/** The most that a run takes on the disk, in bytes. */
export type DiskUse = {
  /** The newest ones and the best; those that the person keeps come on top. */
  checkpoints: number;
  samples: number;
  /** Events, text log, settings and the list of pictures. */
  records: number;
  total: number;
  /**
   * The total while it trains, when a checkpoint is written before an old one is removed and another is
   * measured.
   */
  peak: number;
};

type Length = Pick<RunConfig, 'steps' | 'samples' | 'checkpoints' | 'measuring'>;
type Forecast = {
  config: Length;
  pieces: DiskPieces;
  /**
   * How long it trains, since checkpoints also go by the clock; if absent, one is assumed to be saved at
   * every step.
   */
  seconds?: number;
  /** How many pictures it trains on. */
  pictures?: number;
};

/**
 * Bytes of the log for a sheet, and for a checkpoint with its measures and the health that follows from them.
 */
const EVENTS = { sheet: 115, checkpoint: 1200 };
/** Bytes written once: the settings, the first and last events, and early measures. */
const ONCE = 16_000;
/** Bytes of the text logs: a full one is renamed and replaces the one before. */
const MOST_OF_LOGS = 2_000_000;
/** Bytes of a picture, with a class, in the list of pictures. */
const OF_A_PICTURE = 38;

/** The most that a run with these settings takes on the disk. */
export function diskUse({ config, pieces, seconds = Infinity, pictures = 0 }: Forecast): DiskUse {
  const { steps, samples, checkpoints, measuring } = config;
  const sheets = 1 + timesOf(steps, samples.everySteps);
  const byTime = Math.floor(seconds / (60 * checkpoints.everyMinutes));
  const saved = Math.min(steps, timesOf(steps, checkpoints.everySteps) + byTime);
  const checkpointEvents = timesOf(steps, checkpoints.everySteps) + (Number.isFinite(byTime) ? byTime : 0);
  const stay = checkpoints.keep + 1;
  const atOnce = stay + 1 + (measuring.share > 0 ? 1 : 0);
  const events = sheets * EVENTS.sheet + checkpointEvents * EVENTS.checkpoint;
  const sizes = {
    checkpoints: Math.min(saved, stay) * pieces.checkpoint,
    samples: sheets * pieces.sheet,
    records: Math.ceil(
      steps * pieces.step +
        events +
        Math.min(MOST_OF_LOGS, checkpointEvents * EVENTS.checkpoint) +
        ONCE +
        pictures * OF_A_PICTURE,
    ),
  };
  const total = sizes.checkpoints + sizes.samples + sizes.records;
  const more = Math.min(saved, atOnce) - Math.min(saved, stay);
  return { ...sizes, total, peak: total + more * pieces.checkpoint };
}

/** How often something happens that is due every `every` steps and at the end. */
function timesOf(steps: number, every: number): number {
  return Math.ceil(steps / every);
}

/** "At most 240 MB on the disk, where 31 GB are free." */
export function diskInWords({ total }: DiskUse, free: number | undefined): string {
  const room = free === undefined ? '' : `, where ${bytesInWords(free)} are free`;
  return `At most ${bytesInWords(total)} on the disk${room}.`;
}

type Shortage = Forecast & {
  /** Free bytes on the disk; undefined if the system does not tell. */
  free: number | undefined;
  /** The name by which the reader knows a setting; undefined for one that they cannot change. */
  named?: (setting: Setting) => string | undefined;
};

/**
 * The failure of a disk with less room than the run may take, and what to change; undefined if it has enough.
 */
export function diskShortage({
  free,
  named = ({ title }) => `“${title}”`,
  ...run
}: Shortage): Failure | undefined {
  const { peak } = diskUse(run);
  if (free === undefined || peak <= free) return undefined;
  const ways = WAYS.flatMap((way) => {
    const name = named(settingAt(way.path));
    const value = name && fitting(way, run, free);
    return name && value ? [`${name} to ${way.words(value.toLocaleString('en-GB'))}`] : [];
  });
  const first = ways.length > 0 ? `Set ${listed.format(ways)}, or make` : 'Make';
  return {
    code: 'disk-short',
    message: `The run may take ${bytesInWords(peak)} while it trains, and ${bytesInWords(free)} are free on the disk.`,
    remedy: `${first} room on the disk.`,
  };
}

const listed = new Intl.ListFormat('en-GB', { type: 'disjunction' });

type Way = {
  path: SettingPath;
  /** The current value. */
  of(config: Length): number;
  /** The value to try after this one. */
  next(value: number): number;
  /** The config with this value; undefined if no run can have it. */
  set(config: Length, value: number): Length | undefined;
  words(value: string): string;
};

/** Changes of one setting that may each make a run fit. */
const WAYS: readonly Way[] = [
  {
    path: 'samples.everySteps',
    of: ({ samples }) => samples.everySteps,
    next: (every) => twoDigits(1.1 * every, Math.ceil),
    set: (config, everySteps) =>
      everySteps > config.steps ? undefined : { ...config, samples: { ...config.samples, everySteps } },
    words: (value) => `${value} or more`,
  },
  {
    path: 'checkpoints.keep',
    of: ({ checkpoints }) => checkpoints.keep,
    next: (keep) => keep - 1,
    set: (config, keep) =>
      keep < 1 ? undefined : { ...config, checkpoints: { ...config.checkpoints, keep } },
    words: (value) => value,
  },
  {
    path: 'steps',
    of: ({ steps }) => steps,
    next: (steps) => twoDigits(0.9 * steps, Math.floor),
    set: (config, steps) => (steps < 1 ? undefined : { ...config, steps }),
    words: (value) => `${value} or fewer`,
  },
];

/** The value nearest to the current one with which the run fits on the disk; undefined if there is none. */
function fitting({ of, next, set }: Way, run: Forecast, free: number): number | undefined {
  for (let value = of(run.config); ; value = next(value)) {
    const config = set(run.config, value);
    if (!config) return undefined;
    if (diskUse({ ...run, config }).peak <= free) return value;
  }
}

/** Rounds to two significant digits. */
function twoDigits(value: number, round: (value: number) => number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return round(value / unit) * unit;
}
