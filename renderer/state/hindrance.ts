/** What hinders the start of a run, and warnings about one that can start. */
import type { DatasetSummary, Fix } from '#main/contract/index.ts';
import { plural } from '../parts/format.ts';
import type { Dataset } from './dataset.svelte.ts';
import type { Estimate } from './estimate.svelte.ts';
import type { RunCheck } from './run-check.svelte.ts';
import type { Settings } from './settings.svelte.ts';

export type Hindrance = {
  message: string;
  remedy: string;
  /** The remedy as a change of the settings, if one button can make it. */
  fix?: Fix | undefined;
  /** It goes away by itself, once the time per step is measured. */
  isMeasuring?: true;
};

/** Id of the element that says why no run can be started, in any view. */
export const HINDRANCE = 'start-hindrance';

/** With fewer pictures than this, the generator will copy them. */
const FEW = 20;
const CHOOSE = 'Choose a data set.';

const MEASURING: Hindrance = {
  message: 'The time per step is being measured.',
  remedy: 'Start is ready in a few seconds, or type a number of steps.',
  isMeasuring: true,
};

type HindranceInput = {
  dataset: Pick<Dataset, 'opening' | 'summary' | 'failure' | 'choice' | 'changed'>;
  settings: Settings;
  check: RunCheck;
  estimate: Estimate;
};

/** Why Start cannot be pressed now, and what to do about it; undefined when it can. */
export function hindranceOf({ dataset, settings, check, estimate }: HindranceInput): Hindrance | undefined {
  const { opening, summary, failure } = dataset;
  if (opening) return { message: 'The data set is being prepared.', remedy: '' };
  if (!summary) return failure ?? { message: `There is no data set yet.`, remedy: CHOOSE };
  if (summary.count === 0 && summary.usable > 0)
    return { message: 'Every picture is left out.', remedy: 'Put some of them back.' };
  if (!dataset.choice) return { message: `No picture of “${summary.name}” can be used.`, remedy: CHOOSE };
  if (dataset.changed)
    return {
      message: 'These settings belong to a run that was trained on other pictures.',
      remedy: 'Press Use these pictures, or choose where the pictures of the run are now.',
    };
  if (settings.problem !== undefined) return { message: settings.problem, remedy: '' };
  const refusal = tooLargeBatch(summary, settings.draft.batch) ?? check.refusal;
  return refusal ?? (settings.length.isPending && !estimate.failed ? MEASURING : undefined);
}

/**
 * A batch larger than the data set would hold pictures twice; of points, new ones are drawn for each batch.
 */
function tooLargeBatch({ source, count }: DatasetSummary, batch: number): Hindrance | undefined {
  if (source.kind === 'points' || count < 2 || batch <= count) return undefined;
  return {
    message: `A batch of ${batch} is larger than the data set, which has ${plural(count, 'picture')}.`,
    remedy: '',
    fix: { label: `Use a batch of ${count}`, change: { kind: 'set', path: 'batch', value: count } },
  };
}

/** A warning about few pictures; undefined for enough of them, and for points. */
export function expectationOf({ source, count }: DatasetSummary): string | undefined {
  if (source.kind === 'points' || count < 2 || count >= FEW) return undefined;
  return `With ${count} pictures, the generator (G) will copy them: 50 or more give it something to learn from.`;
}

/** Classes are uneven if the largest has more than this many times the pictures of the smallest. */
const UNEVEN = 3;

export type Uneven = { smallest: { name: string; count: number }; largest: { name: string; count: number } };

/** The smallest and the largest class if they are uneven, else undefined. */
export function unevenClasses({ classes }: Pick<DatasetSummary, 'classes'>): Uneven | undefined {
  const sorted = [...classes].sort((one, other) => one.count - other.count);
  const [smallest] = sorted;
  const largest = sorted.at(-1);
  if (!smallest || !largest || largest.count <= UNEVEN * smallest.count) return undefined;
  return { smallest, largest };
}
