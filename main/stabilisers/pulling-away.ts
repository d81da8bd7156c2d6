/**
 * The pulling-away term: a penalty on fakes whose features point in the same direction, so that G makes more
 * varied images.
 */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Turn } from '../game/index.ts';
import { changing, refusesSeveral, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  weight: z
    .number()
    .min(0)
    .max(100)
    .default(0.1)
    .meta({ title: 'Weight', description: 'How strongly similar features are penalised. 0.1 in the paper.' }),
});

/** Added under the square root, so that a row of zeros has a finite gradient. */
const TINY = 1e-12;

/**
 * 1 / (n (n - 1)) * sum over pairs i != j of the squared cosine between the features of i and of j, for
 * features [n, units]. Zhao, Mathieu and LeCun 2016, section 2.4.
 */
export function likeness(features: Tensor): Scalar {
  const [count] = features.shape as [number, number];
  const lengths = tf.sqrt(tf.add(tf.sum(tf.square(features), 1, true), TINY)); // [n, 1]
  const directions = tf.div(features, lengths); // [n, units]
  const cosines = tf.matMul(directions, directions, false, true); // [n, n]
  // The diagonal compares each image with itself, and is left out of the mean.
  const others = tf.mul(tf.square(cosines), tf.sub(1, tf.eye(count)));
  return tf.div(tf.sum(others), count * (count - 1));
}

/** The turn, which passes D's features of the fakes that the loss uses to `taken`. */
function listening(turn: Turn, taken: (features: Tensor) => void): Turn {
  return {
    ...turn,
    judge(subject, kind) {
      const outputs = turn.judge(subject, kind);
      if (kind === 'fake' && outputs['features']) taken(outputs['features']);
      return outputs;
    },
  };
}

/** Adds weight * likeness of D's features of a batch of fakes to G's loss. */
export const pullingAway: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'pulling-away',
  label: 'Pulling-away term',
  summary:
    'Penalises G for fakes whose features in D are similar, so G makes more varied pictures. Usually combined with EBGAN.',
  paper: {
    title: 'Zhao, Mathieu and LeCun 2016, Energy-based Generative Adversarial Network',
    url: 'https://arxiv.org/abs/1609.03126',
  },
  explanation: {
    discriminator: '',
    generator:
      '+ λ · 1 / (n (n − 1)) · Σᵢ Σⱼ≠ᵢ cos²(f(G(zᵢ)), f(G(zⱼ))),  f: features of D; in an EBGAN, its code',
    pseudocode: [
      'f = features of D(G(z)), a row for each picture',
      'f = f / length of each row',
      'alike = (f @ f.T) ** 2, without its diagonal',
      'loss_G += weight * sum(alike) / (n * (n - 1))',
    ],
  },
  options: optionsSchema,
  refuses: refusesSeveral,
  turn(phase, { weight }) {
    if (!phase.roles.includes('generator')) return phase;
    let features: Tensor | undefined;
    const heard = changing(phase, 'generator', (turn) => listening(turn, (found) => (features ??= found)));
    return {
      ...heard,
      minimises(turn) {
        features = undefined;
        const loss = heard.minimises(turn);
        features ??= turn.judge(turn.fakes(), 'fake')['features'];
        if (!features) throw new Error('The pulling-away term needs a D with an output "features".');
        return tf.add(loss, tf.mul(weight, likeness(features)));
      },
    };
  },
};
