/** The mean squared difference between a picture and its reconstruction: one number for each image. */
import { tf } from '../tensor.ts';
import { defineLayer, sharedShape } from './layer.ts';

/** A picture and its reconstruction, both [height, width, channels] -> [1] */
export const reconstructionError = defineLayer<{ takes: ['picture', 'picture'] }>({
  kind: 'reconstruction-error',
  about: {
    text: 'Compares a picture with its reconstruction: the mean of the squared differences over all its numbers. In the backward pass, every number is drawn towards its counterpart.',
    formula: 'y = mean (x − x̂)²;  ∂L/∂x̂ = −2 (x − x̂) / n · ∂L/∂y',
  },
  takes: ['picture', 'picture'],
  mixesBatch: false,
  outputShape(inputs) {
    sharedShape(inputs);
    return [1];
  },
  weights: () => [],
  forward: ({ inputs: [picture, rebuilt] }) => ({
    output: tf.reshape(tf.mean(tf.square(tf.sub(picture, rebuilt)), [1, 2, 3]), [-1, 1]),
  }),
  portable: () => ({ operation: 'mean-squared-difference' }),
});
