/** Names that people read for the sources of data sets. */
import type { BUILT_IN_DATASETS } from './dataset.ts';
import type { Points } from './points.ts';

/** The sets that come with the app. */
export const BUILT_IN_NAMES = { digits: 'Digits', emoji: 'Emoji' } as const satisfies Record<
  (typeof BUILT_IN_DATASETS)[number],
  string
>;

/** Such as "Ring of 8". */
export function pointsName(points: Points): string {
  switch (points.layout) {
    case 'ring':
      return `Ring of ${points.modes}`;
    case 'grid':
      return `Grid of ${points.side ** 2}`;
    case 'blobs':
      return points.blobs.length === 1 ? '1 blob' : `${points.blobs.length} blobs`;
    case 'spiral':
      return points.arms === 1 ? 'Spiral' : `Spiral of ${points.arms} arms`;
    case 'own':
      return `${points.centres.length} points`;
  }
}
