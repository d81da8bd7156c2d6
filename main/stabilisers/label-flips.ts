/**
 * Label flips: now and then D is trained with a real image labelled fake and a fake labelled real, so that it
 * does not become too certain.
 */
import { z } from 'zod';
import { tf, type Tensor } from '../tensor.ts';
import type { Turn, Logits } from '../game/index.ts';
import { changing, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  probability: z.number().min(0).max(0.5).default(0.05).meta({
    title: 'Probability',
    description: 'How often D is given the wrong label. At 0.5 it learns nothing.',
  }),
});

/**
 * Logits with some pairs of a real and a fake one exchanged. This works with every loss, also with those that
 * have no labels.
 */
function flipped({ real, fake }: Logits, random: Turn['random'], probability: number): Logits {
  const each = real.shape.map((size, axis) => (axis === 0 ? size : 1)); // [batch, 1]
  const wrong = tf.cast(tf.less(random.uniform(each), probability), 'float32');
  const chosen = (where: Tensor, elsewhere: Tensor) =>
    tf.add(tf.mul(wrong, where), tf.mul(tf.sub(1, wrong), elsewhere));
  return { real: chosen(fake, real), fake: chosen(real, fake) };
}

/**
 * With probability p, D's logits of a real image and of a fake are exchanged in D's loss; G's loss stays the
 * same. Chintala et al. 2016, tip 6.
 */
export const labelFlips: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'label-flips',
  label: 'Label flips',
  summary:
    'Gives D the wrong label now and then, which keeps it from becoming too certain. Works with every loss.',
  paper: {
    title: 'Chintala et al. 2016, How to Train a GAN? Tips and tricks to make GANs work',
    url: 'https://github.com/soumith/ganhacks',
  },
  explanation: {
    discriminator: 'with probability p: x counts as fake and G(z) as real',
    generator: '',
    pseudocode: [
      'real, fake = D(x), D(G(z))',
      'for each pair, with probability p: real, fake = fake, real',
      'loss_D as before',
    ],
  },
  options: optionsSchema,
  turn: (phase, { probability }) =>
    changing(phase, 'discriminator', (turn) => ({
      ...turn,
      loss: {
        ...turn.loss,
        discriminator: (logits, labels) =>
          turn.loss.discriminator(flipped(logits, turn.random, probability), labels),
      },
    })),
};
