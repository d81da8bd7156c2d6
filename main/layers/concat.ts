/** Joins several inputs along their channels. */
import { tf } from '../tensor.ts';
import { defineLayer, sharedShape } from './layer.ts';

/** Any number of inputs that differ in channels only, [..., channels] -> [..., sum of channels] */
export const concat = defineLayer<{ takes: 'several' }>({
  kind: 'concat',
  about: {
    text: 'Joins the channels of its inputs. In the backward pass, each input gets its own part.',
    formula: 'y = [a, b]',
  },
  takes: 'several',
  mixesBatch: false,
  outputShape([first, ...others]) {
    const picture = sharedShape([first.slice(0, -1), ...others.map((shape) => shape.slice(0, -1))]);
    const channels = [first, ...others].flatMap((shape) => shape.slice(-1));
    return [...picture, channels.reduce((sum, count) => sum + count, 0)];
  },
  weights: () => [],
  forward: ({ inputs }) => ({ output: tf.concat(inputs, -1) }),
  portable: () => ({ operation: 'concat' }),
});
