/** Metrics and their scores in words. */
import type { BestCheckpoint, MetricEntry, RunConfig, Score } from '#main/contract/index.ts';
import { count, metric, percent } from '../parts/format.ts';

type Named = Pick<MetricEntry, 'label'>;

/** A metric's label without what it is measured on: "KID × 1000". */
export function metricName({ label }: Named): string {
  return label.split(' on ')[0] ?? label;
}

/** A metric's name inside a sentence: "distance to the data"; "KID × 1000" stays as it is. */
export function metricInSentence(about: Named): string {
  const name = metricName(about);
  return /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

export function wayWords({ better }: Pick<MetricEntry, 'better'>): string {
  return better === 'down' ? 'lower is better' : 'higher is better';
}

/** A score with its standard error: "52.1 ± 3.4"; a dash if there is no score. */
export function scoreWords(score: Score | undefined, unit = ''): string {
  if (score?.error === undefined) return metric(score?.value, unit);
  return `${metric(score.value, '')} ± ${metric(Number(score.error.toPrecision(2)), unit)}`;
}

/** A score with its step: "52.1 ± 3.4 at step 500". */
export function scoreAt(score: Score & { step: number }, unit: string): string {
  return `${scoreWords(score, unit)} at step ${count(score.step)}`;
}

/** The best checkpoint in words: "best KID × 1000: 52.1 ± 3.4 at step 500"; undefined if there is none. */
export function bestWords(
  best: BestCheckpoint | undefined,
  metrics: readonly MetricEntry[],
): string | undefined {
  const about = metrics.find(({ kind }) => kind === best?.metric);
  if (!best || !about) return undefined;
  return `best ${metricInSentence(about)}: ${scoreAt(best, about.unit)}`;
}

/** The best checkpoint as a figure with its name; empty if there is none. */
export function bestFigure(
  best: BestCheckpoint | undefined,
  metrics: readonly MetricEntry[],
): { name: string; value: string }[] {
  const about = metrics.find(({ kind }) => kind === best?.metric);
  if (!best || !about) return [];
  return [{ name: `Best ${metricInSentence(about)}`, value: scoreAt(best, about.unit) }];
}

/**
 * Kinds of metrics that share a chart, in the order of the charts; each other metric has its own, after
 * these.
 */
const TOGETHER: readonly (readonly string[])[] = [
  ['kid'],
  ['precision', 'recall'],
  ['coverage', 'density'],
  ['copies'],
  ['variety'],
];

/** The metrics that a run has measured, as charts: KID first, the quick distance last. */
export function metricGroups(
  metrics: readonly MetricEntry[],
  has: (kind: string) => boolean,
): { key: string; title: string; members: MetricEntry[] }[] {
  const others = metrics.map(({ kind }) => kind).filter((kind) => !TOGETHER.flat().includes(kind));
  return [...TOGETHER, ...others.map((kind) => [kind])]
    .map((kinds) => kinds.flatMap((kind) => metrics.filter((each) => each.kind === kind && has(kind))))
    .filter((members) => members.length > 0)
    .map((members) => ({
      key: members.map(({ kind }) => kind).join(' '),
      title: members.map((each, at) => (at === 0 ? metricName(each) : metricInSentence(each))).join(' and '),
      members,
    }));
}

/** Kind of the metric that stands for all that use features of a trained network. */
const SEEING = 'kid';

type KidSituation = {
  config: Pick<RunConfig, 'dataset' | 'measuring' | 'checkpoints'>;
  active: boolean;
  /** Whether a checkpoint was saved. */
  isSaved: boolean;
  metrics: readonly MetricEntry[];
  has: (kind: string) => boolean;
};

/** Why a run has no KID, or when it comes; undefined if it has one, or nothing can be said. */
export function withoutKid({ config, active, isSaved, metrics, has }: KidSituation): string | undefined {
  if (has(SEEING)) return undefined;
  if (config.dataset.source.kind === 'points')
    return 'For points, only the distance to the data is measured.';
  const { unavailable } = metrics.find(({ kind }) => kind === SEEING) ?? {};
  if (unavailable !== undefined) return `There is no KID. ${unavailable}`;
  if (config.measuring.share === 0) return 'KID and other metrics that take seconds are off for this run.';
  if (!active) return undefined;
  if (isSaved)
    return `KID and others are being measured between steps, in at most ${percent(config.measuring.share)} of the time.`;
  const { everySteps, everyMinutes } = config.checkpoints;
  return `KID and others come after the first checkpoint: at step ${count(everySteps)}, or after ${everyMinutes} min if that is sooner.`;
}
