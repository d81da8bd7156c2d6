/** The channels of several inputs, one after the other. */
import { tf } from '../tensor.ts';
import { defineLayer, same } from './layer.ts';

/** [..., channels], as often as there are inputs -> [..., sum of channels] */
export const concat = defineLayer<Record<string, never>>({
  kind: 'concat',
  about: {
    text: "Puts its inputs' channels one behind the other. Going back, each input gets its own part.",
    formula: 'y = [a, b]',
  },
  outputShape(inputs) {
    const picture = same(inputs.map((shape) => shape.slice(0, -1)));
    return [...picture, inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
  },
  weights: () => [],
  forward: ({ inputs }) => ({ output: tf.concat(inputs, -1) }),
  keras: () => ({ className: 'Concatenate', config: { axis: -1 }, weights: [] }),
});
