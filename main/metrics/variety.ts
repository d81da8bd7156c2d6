/** How much samples differ from each other: near 0 if G makes one picture from every z. */
import { onTrainedFeatures, type Metric } from './metric.ts';
import { squaredDistances } from './products.ts';
import { rowsIn, type Rows } from './rows.ts';

export const variety: Metric = {
  kind: 'variety',
  label: 'Variety',
  summary:
    'The mean distance between two samples, in features of a trained network. Compare it with that of the data.',
  better: 'up',
  ...onTrainedFeatures,
  measure: ({ generated }) => ({ value: meanDistance(generated.features) }),
};

/** The mean distance between two different rows, over all pairs. */
export function meanDistance(set: Rows): number {
  const count = rowsIn(set);
  const sum = squaredDistances(set, set).reduce((total, squares) => total + Math.sqrt(squares), 0);
  return sum / (count * (count - 1));
}
