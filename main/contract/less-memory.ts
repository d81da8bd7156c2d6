/** What a person can change when a run is short of memory. */
import { StudioError } from './failure.ts';
import { isOutOfMemory, outOfMemory } from './out-of-memory.ts';
import type { RunConfig } from './run-config.ts';

/** Smaller values make no sense. */
const FEWEST = { size: 28, batch: 2, width: 1 };

/** A remedy for a run that ran out of memory: the settings that take it, with their values. */
export function lessMemory({ dataset, batch, gan }: RunConfig): string {
  const { size } = dataset.options;
  const { width } = gan.options;
  const ways = [
    ...(batch > FEWEST.batch ? [`a batch under ${batch}`] : []),
    ...(dataset.source.kind !== 'points' && size > FEWEST.size ? [`pictures smaller than ${size} px`] : []),
    ...(typeof width === 'number' && width > FEWEST.width ? [`a width under ${width}`] : []),
  ];
  const first = ways.length > 0 ? `Start a new run with ${listed.format(ways)}, or close` : 'Close';
  return `${first} other programs and try again.`;
}

const listed = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/**
 * An error of a run with these settings: running out of memory gets a remedy, any other error stays as it is.
 */
export function withLessMemory(error: unknown, config: RunConfig): unknown {
  return isOutOfMemory(error) ? new StudioError(outOfMemory(lessMemory(config))) : error;
}
