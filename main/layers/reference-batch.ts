/**
 * The reference batch of virtual batch normalisation: fixed rows that pass through the network in front of
 * every batch.
 */
import { tf, type Tensor } from '../tensor.ts';
import { defineLayer, EACH_NUMBER } from './layer.ts';

export type ReferenceOptions = { rows: number };

/**
 * Puts `rows` points in front, drawn once from the standard normal distribution; [batch, ...shape] ->
 * [rows + batch, ...shape]
 */
export const referenceBatch = defineLayer<{
  takes: ['any'];
  weights: { points: Tensor };
  options: ReferenceOptions;
}>({
  kind: 'reference-batch',
  about: {
    text: 'Puts a fixed reference batch in front of the pictures, whose statistics the norms after it use.',
    formula: 'y = [reference, x]',
  },
  takes: ['any'],
  mixesBatch: false,
  outputShape: ([shape]) => shape,
  weights: ([shape], { rows }) => [
    {
      name: 'points',
      shape: [rows, ...shape],
      initial: { mean: 0, deviation: 1 },
      movedBy: 'nothing',
    },
  ],
  forward: ({ inputs: [x], weights: { points } }) => ({ output: tf.concat<Tensor>([points, x], 0) }),
  // A finished network needs no reference batch: its norms hold the statistics as fixed numbers.
  portable: () => ({ operation: 'nothing' }),
});

/** Removes the first `rows` of the batch again; [rows + batch, ...shape] -> [batch, ...shape] */
export const withoutReference = defineLayer<{ takes: ['any']; options: ReferenceOptions }>({
  kind: 'without-reference',
  about: {
    text: 'Removes the reference batch again.',
    formula: 'y = x without the reference',
  },
  ...EACH_NUMBER,
  forward: ({ inputs: [x], options: { rows } }) => ({ output: tf.slice(x, [rows], [x.shape[0] - rows]) }),
  portable: () => ({ operation: 'nothing' }),
});
