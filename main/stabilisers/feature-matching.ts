/**
 * Feature matching: G no longer minimises a loss of D's logit, but the difference between the mean features
 * that D has of real images and of fakes.
 */
import { z } from 'zod';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Kind, Turn } from '../game/index.ts';
import { changing, refusesSeveral, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  norm: z
    .enum(['squared', 'absolute'])
    .default('squared')
    .meta({
      title: 'Distance',
      description: 'How the mean features of real pictures and fakes are compared.',
      choices: {
        squared: { label: 'Sum of squares (paper)' },
        absolute: { label: 'Mean of absolute values (authors’ code)' },
      },
    }),
});
type Norm = z.infer<typeof optionsSchema>['norm'];

/** Between the means over the batch of two sets of features, [batch, units] each. */
function distance(real: Tensor, fake: Tensor, norm: Norm): Scalar {
  const difference = tf.sub(tf.mean(real, 0), tf.mean(fake, 0)); // [units]
  return norm === 'squared' ? tf.sum(tf.square(difference)) : tf.mean(tf.abs(difference));
}

/**
 * The turn with the generator's part of the loss replaced; what a GAN adds to its loss stays. The features
 * come from the same passes of D as the logits of the loss.
 */
function matching(turn: Turn, norm: Norm): Turn {
  const features: Partial<Record<Kind, Tensor>> = {};
  const featuresOf = (kind: Kind) => {
    const found =
      features[kind] ?? turn.judge(kind === 'real' ? turn.reals() : turn.fakes(), kind)['features'];
    if (!found) throw new Error('Feature matching needs a discriminator with an output "features".');
    return found;
  };
  return {
    ...turn,
    judge(subject, kind) {
      const outputs = turn.judge(subject, kind);
      if (outputs['features']) features[kind] ??= outputs['features'];
      return outputs;
    },
    loss: { ...turn.loss, generator: () => distance(featuresOf('real'), featuresOf('fake'), norm) },
  };
}

/**
 * G minimises ||mean f(x) - mean f(G(z))||^2, where f is the input of D's last layer. Salimans et al. 2016,
 * section 3.1.
 */
export const featureMatching: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'feature-matching',
  label: 'Feature matching',
  summary:
    'G matches the mean features of D instead of fooling D. Helps where G and D chase each other; pictures may be less sharp.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: '',
    generator: 'instead of the loss: ‖mean f(x) − mean f(G(z))‖²,  f: what the last layer of D sees',
    pseudocode: [
      'real = mean(features of D(real)) over the batch',
      'fake = mean(features of D(G(z))) over the batch',
      'loss_G = sum((real - fake) ** 2); update G',
    ],
  },
  options: optionsSchema,
  refuses: refusesSeveral,
  turn: (phase, { norm }) => changing(phase, 'generator', (turn) => matching(turn, norm)),
};
