/** A fixed batch that goes through a network in front of every batch, for virtual batch normalisation: its rows come first. */
import { tf } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

export type ReferenceOptions = { rows: number };

/** Puts `rows` points in front, drawn once from the standard normal distribution; [n] -> the same, of a batch larger by `rows` */
export const referenceBatch = defineLayer<ReferenceOptions>({
  kind: 'reference-batch',
  about: {
    text: 'Puts a fixed batch in front of the images, by which the norms behind it go.',
    formula: 'y = [reference, x]',
  },
  outputShape: (inputs) => only(inputs),
  weights: (inputs, { rows }) => [
    {
      name: 'points',
      shape: [rows, ...only(inputs)],
      initial: { mean: 0, deviation: 1 },
      movedBy: 'nothing',
    },
  ],
  forward: ({ inputs, weights }) => ({ output: tf.concat([weights['points']!, only(inputs)], 0) }),
});

/** Cuts the `rows` in front off again; [...] -> the same */
export const withoutReference = defineLayer<ReferenceOptions>({
  kind: 'without-reference',
  about: {
    text: 'Takes the fixed batch off again.',
    formula: 'y = x without the reference',
  },
  outputShape: (inputs) => only(inputs),
  weights: () => [],
  forward({ inputs, options: { rows } }) {
    const x = only(inputs);
    return { output: tf.slice(x, [rows], [x.shape[0]! - rows]) };
  },
});
