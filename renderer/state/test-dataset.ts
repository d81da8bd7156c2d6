/** A data set of three pictures, for tests. */
import type { CommandInput, CommandOutput, DatasetSummary } from '#main/contract/index.ts';
import { fakeApi, type Answers } from './test-api.ts';

/** The summary of a data set of three pictures that was opened like this. */
export function summaryOf({ source, options, leftOut }: CommandInput<'dataset.open'>): DatasetSummary {
  return {
    id: '1',
    source,
    options,
    name: 'Set',
    taken: 'Three pictures.',
    count: 3,
    usable: 3,
    filesSeen: 3,
    leftOutByHand: leftOut,
    leftOut: [],
    notes: [],
    formats: { PNG: 3 },
    classes: [],
  };
}

/** The hash of the file with this index. */
export const hashAt = (index: number): string => String(index).padStart(32, '0');

/** Thumbnails of one pixel each; `classOf` gives the class of a picture by its index. */
export function thumbnails(
  { from, count }: { from: number; count: number },
  classOf: (index: number) => string | undefined = () => undefined,
): CommandOutput<'dataset.thumbnails'> {
  const indices = Array.from({ length: count }, (_, i) => from + i);
  return {
    images: { count, size: 1, channels: 1, pixels: Uint8Array.from(indices) },
    pictures: indices.map((index) => {
      const name = classOf(index);
      return {
        name: `${index}.png`,
        file: hashAt(index),
        isLeftOut: false,
        original: [64, 64],
        ...(name !== undefined && { class: name }),
      };
    }),
  };
}

/** An app whose data sets have three pictures, without recent data sets. */
export const datasetApi = (answers: Answers = {}) =>
  fakeApi({
    'dataset.thumbnails': (input) => thumbnails({ ...input, count: Math.min(3, input.count) }),
    'dataset.recent': () => [],
    ...answers,
  });
