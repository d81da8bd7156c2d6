/**
 * Pixel shuffle (Shi et al. 2016): channels become pixels, in the order of TensorFlow's DepthToSpace: row,
 * column, channel.
 *
 * It is computed as a transposition, which runs faster than DepthToSpace and its gradient SpaceToDepth, and
 * is differentiable to any order.
 */
import { tf } from '../tensor.ts';
import { defineLayer } from './layer.ts';

export type PixelShuffleOptions = { factor: number };

/** [height, width, factor^2 * channels] -> [height * factor, width * factor, channels] */
export const pixelShuffle = defineLayer<{ takes: ['picture']; options: PixelShuffleOptions }>({
  kind: 'pixel-shuffle',
  about: {
    text: 'Rearranges channels into pixels: a picture of many channels becomes a larger one of fewer. Nothing is computed, and the gradient is rearranged back in the same way.',
    formula: '[h, w, r² c] → [r h, r w, c]',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape([[height, width, channels]], { factor }) {
    if (channels % factor ** 2 !== 0)
      throw new Error(`${channels} channels cannot become ${factor} × ${factor} pixels each.`);
    return [height * factor, width * factor, channels / factor ** 2];
  },
  weights: () => [],
  forward({ inputs: [x], options: { factor } }) {
    const [batch, height, width, channels] = x.shape;
    const apart = tf.reshape(x, [batch * height, width, factor, channels / factor]);
    return {
      output: tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [
        batch,
        height * factor,
        width * factor,
        channels / factor ** 2,
      ]),
    };
  },
  portable: ({ options: { factor } }) => ({ operation: 'pixel-shuffle', factor }),
});
