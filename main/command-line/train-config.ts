/**
 * Makes the settings of a run from the flags of `train`. A setting without a flag has the value that the
 * preset or the GAN recommends, or that of a new run.
 */
import path from 'node:path';
import type { z } from 'zod';
import { chosen } from '../game/index.ts';
import {
  BUILT_IN_DATASETS,
  BUILT_IN_NAMES,
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  LONGEST_NAME,
  pointsName,
  STUDY_POINTS,
  StudioError,
  withRecommended,
  withSettings,
  type Choice,
  type DatasetSource,
  type GivenSettings,
  type RunConfig,
} from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { lossOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { PRESETS } from '../catalogue/index.ts';
import { stabiliserOf } from '../stabilisers/index.ts';

type Options = Record<string, unknown>;

export type ConfigFlags = {
  /** Folders, files and archives; or one name of a data set that comes with the app. */
  data: string[];
  preset?: string;
  gan?: string;
  ganOption: Options;
  loss?: string;
  lossOption: Options;
  /** Added to the recommended ones, or instead of them if NO_STABILISER is among them. */
  stabiliser?: Choice[];
  optimizer?: string;
  optimizerOption: Options;
  /** All other settings, by their paths. */
  given: GivenSettings;
};

/** The word for no stabiliser, in place of a kind. */
export const NO_STABILISER = 'none';

/**
 * Throws StudioError: unknown-preset, unknown-gan, unknown-loss, unknown-stabiliser, unknown-optimizer,
 * unknown-option, invalid-input.
 */
export function configFrom(flags: ConfigFlags): RunConfig {
  const base = recommended(flags);
  const gan = ganOf(base.gan.kind);
  const loss = lossOf(flags.loss ?? base.loss.kind);
  const optimizer = optimizerOf(flags.optimizer ?? base.optimizer.kind);
  const chosen: RunConfig = {
    ...base,
    name: nameFrom(flags.data).slice(0, LONGEST_NAME),
    dataset: datasetFrom(flags.data),
    gan: chosenWith({ entry: gan, what: 'GAN', base: base.gan, given: flags.ganOption }),
    loss: chosenWith({ entry: loss, what: 'loss', base: base.loss, given: flags.lossOption }),
    stabilisers: stabilisersFrom(base.stabilisers, flags.stabiliser ?? []),
    optimizer: {
      ...base.optimizer,
      ...chosenWith({
        entry: optimizer,
        what: 'optimiser',
        base: base.optimizer,
        given: flags.optimizerOption,
      }),
    },
  };
  return withFall(withSettings(chosen, flags.given), flags.given);
}

/**
 * A new run's settings with those that the preset recommends, and then those that the GAN recommends if a
 * flag names it or there is no preset.
 */
function recommended({ preset, gan: named }: ConfigFlags): RunConfig {
  const base =
    preset === undefined
      ? DEFAULT_RUN_CONFIG
      : withRecommended(DEFAULT_RUN_CONFIG, presetOf(preset).recommends);
  if (preset !== undefined && named === undefined) return base;
  const gan = ganOf(named ?? base.gan.kind);
  const own = base.gan.kind === gan.kind ? base.gan : { kind: gan.kind, options: {} };
  return withRecommended({ ...base, gan: own }, gan.recommends);
}

function presetOf(kind: string): (typeof PRESETS)[number] {
  return chosen({
    entries: PRESETS,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'preset',
    code: 'unknown-preset',
  });
}

function nameFrom(data: string[]): string {
  const source = sourceOf(data);
  if (source.kind === 'built-in') return BUILT_IN_NAMES[source.name];
  if (source.kind === 'points') return pointsName(source.points);
  const names = data.map((each) => path.basename(path.resolve(each)).replace(/\.zip$/i, ''));
  const rest = names.length > 1 ? ` and ${names.length - 1} more` : '';
  return `${names[0] ?? ''}${rest}` || 'run';
}

function datasetFrom(data: string[]): RunConfig['dataset'] {
  const source = sourceOf(data);
  const isDigits = source.kind === 'built-in' && source.name === 'digits';
  const options = isDigits ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
  return { source, options, leftOut: [] };
}

/**
 * The named data as a source. Throws StudioError `invalid-input` if a built-in set is mixed with other data.
 */
export function sourceOf(data: string[]): DatasetSource {
  const known = data.map(ownSource);
  const [first] = known;
  if (first && data.length === 1) return first;
  const at = known.findIndex((source) => source !== undefined);
  if (at < 0) return { kind: 'files', paths: data.map((each) => path.resolve(each)) };
  throw new StudioError({
    code: 'invalid-input',
    message: `${data[at]} cannot be mixed with other data.`,
    remedy: 'Use it alone, or leave it out.',
  });
}

/** The data set that comes with the app under this name. */
function ownSource(data: string): DatasetSource | undefined {
  const study = Object.entries(STUDY_POINTS).find(([layout]) => `points:${layout}` === data);
  if (study) return { kind: 'points', points: study[1] };
  const name = BUILT_IN_DATASETS.find((builtIn) => `built-in:${builtIn}` === data);
  return name && { kind: 'built-in', name };
}

function stabilisersFrom(base: Choice[], given: Choice[]): Choice[] {
  const own = given
    .filter(({ kind }) => kind !== NO_STABILISER)
    .map((choice) =>
      chosenWith({
        entry: stabiliserOf(choice.kind),
        what: 'stabiliser',
        base: choice,
        given: choice.options,
      }),
    );
  const kept =
    own.length < given.length ? [] : base.filter(({ kind }) => !own.some((choice) => choice.kind === kind));
  return [...kept, ...own];
}

/**
 * Completes the schedule: unless --schedule-over is given, the learning rates fall over the rest of the run.
 * Throws StudioError `invalid-input` for flags of a schedule without --schedule.
 */
function withFall(config: RunConfig, given: GivenSettings): RunConfig {
  const { optimizer, steps } = config;
  const { kind, from } = optimizer.schedule;
  const over = given['optimizer.schedule.over'];
  if (kind !== 'constant') {
    const schedule = { ...optimizer.schedule, over: over ?? Math.max(1, steps - from) };
    return { ...config, optimizer: { ...optimizer, schedule } };
  }
  const isFall = [over, given['optimizer.schedule.from'], given['optimizer.schedule.floor']].some(
    (value) => value !== undefined,
  );
  if (!isFall) return config;
  throw new StudioError({
    code: 'invalid-input',
    message:
      'The learning rates are constant: they have no --schedule-from, --schedule-over or --schedule-floor.',
    remedy: 'Add --schedule linear or --schedule cosine.',
  });
}

/** A choice of the entry: options from flags override those of `base` if that has the same kind. */
function chosenWith({
  entry: { kind, options },
  what,
  base,
  given,
}: {
  entry: { kind: string; options: z.ZodObject };
  what: string;
  base: Choice;
  given: Options;
}): Choice {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(options.shape, name));
  if (unknown !== undefined) {
    throw new StudioError({
      code: 'unknown-option',
      message: `The ${what} "${kind}" has no option "${unknown}".`,
      remedy: `Its options are: ${Object.keys(options.shape).join(', ')}.`,
    });
  }
  return { kind, options: options.parse({ ...(base.kind === kind ? base.options : {}), ...given }) };
}
