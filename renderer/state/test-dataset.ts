/** A data set of three pictures for tests. */
import type { CommandInput, CommandOutput, DatasetSummary } from '#main/contract/index.ts';
import { fakeApi, type Answers } from './test-api.ts';

/** Three pictures of one pixel each. */
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

/** The hash of the file at this place. */
export const hashAt = (place: number): string => String(place).padStart(32, '0');

/** Pictures of one pixel each; `classOf` tells the class of the one at a place. */
export function thumbnails(
  { from, count }: { from: number; count: number },
  classOf: (place: number) => string | undefined = () => undefined,
): CommandOutput<'dataset.thumbnails'> {
  const places = Array.from({ length: count }, (_, i) => from + i);
  return {
    images: { count, size: 1, channels: 1, pixels: Uint8Array.from(places) },
    pictures: places.map((place) => {
      const name = classOf(place);
      return {
        name: `${place}.png`,
        file: hashAt(place),
        isLeftOut: false,
        original: [64, 64],
        ...(name !== undefined && { class: name }),
      };
    }),
  };
}

/** An app whose data sets have three pictures, and which knows none from before. */
export const datasetApi = (answers: Answers = {}) =>
  fakeApi({
    'dataset.thumbnails': (input) => thumbnails({ ...input, count: Math.min(3, input.count) }),
    'dataset.recent': () => [],
    ...answers,
  });
