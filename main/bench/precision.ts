/**
 * Measures what bfloat16 costs in quality: compares the KID of runs in either precision with the same
 * settings, steps and seeds, and counts the refused steps of long runs in bfloat16.
 */
import os from 'node:os';
import path from 'node:path';
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  withRecommended,
  type Precision,
  type Recommended,
  type RunConfig,
} from '../contract/index.ts';
import { PRESETS } from '../catalogue/index.ts';
import { ganOf } from '../gans/index.ts';
import { writeWhole } from '../runs/index.ts';
import { commit } from './commit.ts';
import { kidOf } from './kid.ts';
import { named } from './named.ts';
import { precisionPage } from './precision-page.ts';
import { readResults, type PrecisionResult } from './precision-record.ts';
import { shortRun, type Resources } from './short-run.ts';

const STEPS = 1000;
/** Steps of a long run, with the first seed, in bfloat16. */
const LONG = 5000;
const SEEDS = [1, 2, 3];

const preset = (kind: string): Recommended => PRESETS.find((each) => each.kind === kind)?.recommends ?? {};
const gan = (kind: string): Recommended => ({
  ...ganOf(kind).recommends,
  gan: { kind, options: { width: 16 } },
});

/** On emoji at 64 px, except for `digits`. */
const ROWS: readonly { row: string; recommended: Recommended; digits?: boolean }[] = [
  { row: 'DCGAN', recommended: preset('all-round') },
  { row: 'Few pictures', recommended: preset('few-images') },
  { row: 'WGAN-GP', recommended: gan('wgan-gp') },
  { row: 'SNGAN', recommended: gan('sngan') },
  { row: 'DCGAN, digits', recommended: gan('dcgan'), digits: true },
];

/** Measures what is not in the file of results yet, adds each result to it, and yields it. */
export async function* benchPrecision(
  resources: Resources,
  { rows, seeds = SEEDS, into }: { rows: string[]; seeds?: number[] | undefined; into: string },
): AsyncGenerator<PrecisionResult> {
  const file = path.join(into, 'precision.json');
  for (const seed of seeds)
    for (const row of named({ cases: ROWS, nameOf: (each) => each.row, names: rows, what: 'row' }))
      for (const [precision, steps] of asked(seed)) {
        const made = { row: row.row, seed, precision, steps };
        if (readResults(file).some((each) => isSame(each, made))) continue;
        const result = {
          ...made,
          commit: commit(),
          processor: os.cpus()[0]?.model.trim() ?? '',
          ...(await trained(row, made, resources)),
        };
        const lines = [...readResults(file), result].map((each) => `  ${JSON.stringify(each)}`);
        writeWhole(file, `[\n${lines.join(',\n')}\n]\n`);
        writeWhole(path.join(into, 'precision.md'), precisionPage(readResults(file)));
        yield result;
      }
}

const asked = (seed: number): [Precision, number][] => [
  ['float32', STEPS],
  ['bfloat16', STEPS],
  ...(seed === SEEDS[0] ? [['bfloat16', LONG] satisfies [Precision, number]] : []),
];

const isSame = (one: PrecisionResult, other: Pick<PrecisionResult, 'row' | 'seed' | 'precision' | 'steps'>) =>
  one.row === other.row &&
  one.seed === other.seed &&
  one.precision === other.precision &&
  one.steps === other.steps;

async function trained(
  { recommended, digits = false }: (typeof ROWS)[number],
  { seed, precision, steps }: Pick<PrecisionResult, 'seed' | 'precision' | 'steps'>,
  resources: Resources,
): Promise<Pick<PrecisionResult, 'kid' | 'kidError' | 'refused' | 'milliseconds'>> {
  const base = withRecommended(DEFAULT_RUN_CONFIG, recommended);
  const config: RunConfig = {
    ...base,
    dataset: digits ? DEFAULT_RUN_CONFIG.dataset : emoji,
    seed,
    precision,
    steps,
    measuring: { ...base.measuring, share: 0 },
  };
  let refused = 0;
  const begun = performance.now();
  return shortRun(
    { config, take: (event) => (refused += event.type === 'step-refused' ? 1 : 0) },
    resources,
    async ({ session, config: complete }) => {
      const milliseconds = Math.round((10 * (performance.now() - begun)) / steps) / 10;
      const { kid, error: kidError } = await kidOf(session.model, complete, resources);
      return { kid, kidError, refused, milliseconds };
    },
  );
}

const emoji: RunConfig['dataset'] = {
  source: { kind: 'built-in', name: 'emoji' },
  options: { ...DEFAULT_DATASET_OPTIONS, size: 64 },
  leftOut: [],
};
