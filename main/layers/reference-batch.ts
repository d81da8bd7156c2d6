/**
 * A fixed batch that goes through a network in front of every batch, for virtual batch normalisation: its
 * rows come first.
 */
import { tf, type Tensor } from '../tensor.ts';
import { defineLayer, EACH_NUMBER } from './layer.ts';

export type ReferenceOptions = { rows: number };

/**
 * Puts `rows` points in front, drawn once from the standard normal distribution; [n] -> the same, of a batch
 * larger by `rows`
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
  // What the norms take of the reference batch is fixed in a finished network.
  portable: () => ({ operation: 'nothing' }),
});

/** Cuts the `rows` in front off again; [...] -> the same */
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
