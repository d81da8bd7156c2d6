/**
 * The catalogue of losses: what D and G minimise, computed from D’s outputs. They build on main/tensor.ts,
 * and know no other catalogue. To add one, add a file here and a line in LOSSES.
 */
import { chosen, HARD_LABELS, type Objective } from '../game/index.ts';
import type { Choice } from '../contract/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import { hinge } from './hinge.ts';
import { leastSquares } from './least-squares.ts';
import type { Loss } from './loss.ts';
import { margin } from './margin.ts';
import { minimax } from './minimax.ts';
import { nonSaturating } from './non-saturating.ts';
import { relativisticAverage } from './relativistic-average.ts';
import { twoNode } from './two-node.ts';
import { wasserstein } from './wasserstein.ts';

export { sigmoid } from './cross-entropy.ts';
export type { Loss, LossGradient } from './loss.ts';

export const LOSSES: readonly Loss[] = [
  nonSaturating,
  minimax,
  twoNode,
  leastSquares,
  wasserstein,
  hinge,
  relativisticAverage,
  margin,
];

/** The loss of this kind; throws StudioError `unknown-loss`. */
export function lossOf(kind: string): Loss {
  return chosen({
    entries: LOSSES,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'loss',
    code: 'unknown-loss',
  });
}

/**
 * What D, G and an encoder minimise with the loss that a run has chosen. Throws StudioError `unknown-loss`,
 * or ZodError for wrong options.
 */
export function objectiveOf(choice: Choice): Objective {
  const loss = lossOf(choice.kind);
  const options = loss.options.parse(choice.options);
  return {
    discriminator: (logits, labels = HARD_LABELS) => loss.discriminator(logits, options, labels),
    generator: (logits) => loss.generator(logits, options),
    encoder({ real, fake }) {
      const { exchanged = tf.neg } = loss;
      if (exchanged === 'comparison') return tf.scalar(0);
      const other = (logit: Tensor) => exchanged(logit, options);
      return loss.generator({ real: other(fake), fake: other(real) }, options);
    },
  };
}
