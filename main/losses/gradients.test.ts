import { describe, expect, test } from 'vitest';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import { LOSSES, objectiveOf } from './index.ts';

const REAL = [-1.7, 0.3, 2.2];
const FAKE = [-2.4, -0.2, 1.9];

/** Derivatives of a loss by each logit, of two nodes by the real one. */
function gradientsOf(
  loss: (real: Tensor, fake: Tensor) => Scalar,
  nodes: number,
): { real: number[]; fake: number[] } {
  const logits = (values: number[]) => tf.tensor2d(values.map((v) => (nodes === 2 ? [v + 0.4, 0.4] : [v])));
  const [real, fake] = tf.grads((a: Tensor, b: Tensor) =>
    tf.add(loss(a, b), tf.mul(0, tf.add(tf.sum(a), tf.sum(b)))),
  )([logits(REAL), logits(FAKE)]) as [Tensor, Tensor];
  const first = (gradient: Tensor) => (gradient.arraySync() as number[][]).map((row) => row[0]!);
  return { real: first(real), fake: first(fake) };
}

describe('the gradient that a loss states for a logit is its derivative', () => {
  const options: Record<string, Record<string, unknown>[]> = {
    'two-node': [{ saturating: true }, { saturating: false }],
    'least-squares': [{ fake: -1, real: 1, target: 0.5 }],
  };
  const cases = LOSSES.filter(({ gradients }) => gradients).flatMap((loss) =>
    (options[loss.kind] ?? [{}]).map((given) => [loss.label, loss, given] as const),
  );

  test.each(cases)('%s', (_, { kind, gradients, nodes, options: schema }, given) => {
    const objective = objectiveOf({ kind, options: given });
    const filled = schema.parse(given);
    const inD = gradientsOf((real, fake) => objective.discriminator({ real, fake }), nodes);
    const inG = gradientsOf((real, fake) => objective.generator({ real, fake }), nodes);
    REAL.forEach((v, index) =>
      expect(inD.real[index]).toBeCloseTo(gradients!.discriminator.real.at(v, 3, filled), 5),
    );
    FAKE.forEach((v, index) => {
      expect(inD.fake[index]).toBeCloseTo(gradients!.discriminator.fake.at(v, 3, filled), 5);
      expect(inG.fake[index]).toBeCloseTo(gradients!.generator.at(v, 3, filled), 5);
    });
  });
});
