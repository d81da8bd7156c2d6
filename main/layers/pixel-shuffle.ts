/**
 * Pixel shuffle (Shi et al. 2016): channels become pixels. In TensorFlow's order of channels (DepthToSpace): row, column, channel.
 *
 * A transposition, which runs faster than DepthToSpace and its gradient SpaceToDepth, and is differentiable to any order.
 */
import { tf, type Tensor4D } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

export type PixelShuffleOptions = { factor: number };

/** [height, width, factor^2 * channels] -> [height * factor, width * factor, channels] */
export const pixelShuffle = defineLayer<PixelShuffleOptions>({
  kind: 'pixel-shuffle',
  about: {
    text: 'Lays channels out as pixels: a picture of many channels becomes a larger one of fewer. Nothing is computed; the gradient takes the same way back.',
    formula: '[h, w, r² c] → [r h, r w, c]',
  },
  outputShape(inputs, { factor }) {
    const [height, width, channels] = only(inputs);
    if (channels! % factor ** 2 !== 0)
      throw new Error(`${channels!} channels cannot become ${factor} x ${factor} pixels each.`);
    return [height! * factor, width! * factor, channels! / factor ** 2];
  },
  weights: () => [],
  forward({ inputs, options: { factor } }) {
    const [batch, height, width, channels] = only(inputs).shape as Tensor4D['shape'];
    const apart = tf.reshape(only(inputs), [batch * height, width, factor, channels / factor]);
    return {
      output: tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [
        batch,
        height * factor,
        width * factor,
        channels / factor ** 2,
      ]),
    };
  },
  keras({ factor }, inputs) {
    const [height, width, channels] = only(inputs) as [number, number, number];
    return [
      {
        className: 'Reshape',
        config: { target_shape: [height, width, factor, channels / factor] },
        weights: [],
      },
      { className: 'Permute', config: { dims: [1, 3, 2, 4] }, weights: [] },
      {
        className: 'Reshape',
        config: { target_shape: [height * factor, width * factor, channels / factor ** 2] },
        weights: [],
      },
    ];
  },
});
