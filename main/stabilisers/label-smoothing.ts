/** One-sided label smoothing: the label of real images is below 1, so that D does not become too certain. */
import { z } from 'zod';
import { changing, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  real: z.number().min(0.5).max(1).default(0.9).meta({
    title: 'Label of real pictures',
    description: 'The label of real pictures in place of 1. The label of fakes stays 0.',
  }),
});

/** Real images get the label `real`, fakes keep 0. Salimans et al. 2016, section 3.4. */
export const labelSmoothing: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'label-smoothing',
  label: 'One-sided label smoothing',
  summary:
    'Labels real pictures 0.9 instead of 1, which keeps D from becoming too certain. Works with losses that use labels.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: 'label of x: 1 → 0.9;  −mean [0.9·log D(x) + 0.1·log(1 − D(x))] − mean log(1 − D(G(z)))',
    generator: '',
    pseudocode: [
      'labels of real pictures = 0.9',
      'labels of fakes = 0',
      'loss_D = cross_entropy(D(real), 0.9) + cross_entropy(D(fake), 0)',
    ],
  },
  options: optionsSchema,
  refuses: ({ loss, meanings }) =>
    loss.takesLabels
      ? undefined
      : {
          message: `The loss ${loss.label} has no labels that could be smoothed.`,
          remedy: meanings.includes('logit')
            ? 'Choose a loss with labels, such as non-saturating, or switch label smoothing off.'
            : 'Switch label smoothing off.',
        },
  turn: (phase, { real }) =>
    changing(phase, 'discriminator', (turn) => ({
      ...turn,
      loss: {
        ...turn.loss,
        discriminator: (logits) => turn.loss.discriminator(logits, { real, fake: 0 }),
      },
    })),
};
