/** Pictures of a data set as metrics see them: always the same ones, drawn at random. */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Images } from '../metrics/index.ts';
import { randomOrder } from '../random.ts';

export type DrawnPictures = {
  images: Images;
  /** The number of each in the order of the run's pictures; none for points of the plane. */
  places: readonly number[];
};

/**
 * `most` pictures, or all where there are fewer, none twice. Where a run evens its classes out, as many of each as there
 * are; none is mirrored.
 */
export function picturesOf(
  { dataset, config }: { dataset: Dataset; config: RunConfig },
  most: number,
): DrawnPictures {
  const { size, channels, count } = dataset;
  if (channels === 2)
    return {
      images: { size, channels, numbers: dataset.batch({ step: 0, batch: most, seed: 0 }) },
      places: [],
    };
  const order = [...randomOrder({ seed: 0, stream: 'order', step: 0 }, count)];
  const { evenClasses } = config.dataset.options;
  const labels = (evenClasses && dataset.pictures?.(config.classes).labels) || [];
  const places = (labels.length > 0 ? inTurns(order, labels) : order).slice(0, most);
  const numbers = Float32Array.from(dataset.bytes(places), (byte) => byte / 127.5 - 1);
  return { images: { size, channels, numbers }, places };
}

/** The first of each class, then the second of each, and so on. */
function inTurns(order: readonly number[], labels: readonly number[]): number[] {
  const seen = new Map<number, number>();
  const rounds = order.map((place) => {
    const label = labels[place] ?? 0;
    const round = seen.get(label) ?? 0;
    seen.set(label, round + 1);
    return { place, round };
  });
  return rounds.sort((a, b) => a.round - b.round).map(({ place }) => place);
}
