/** Descent with momentum by TensorFlow's own kernel, the last part of several optimisers' updates. */
import { updateInPlace } from '../graph/index.ts';
import { attribute, tf, type Scalar, type Tensor } from '../tensor.ts';

/** v = momentum v + gradient; w = w - rate v. Returns the new w and v. */
export function applyMomentum({
  weight,
  velocity,
  gradient,
  rate,
  momentum,
}: {
  weight: Tensor;
  velocity: Tensor;
  gradient: Tensor;
  rate: Scalar;
  momentum: number;
}): Tensor[] {
  return updateInPlace({
    name: 'ResourceApplyMomentum',
    attributes: [
      attribute.floatType('T'),
      attribute.boolean('use_locking', false),
      attribute.boolean('use_nesterov', false),
    ],
    state: [weight, velocity],
    inputs: [rate, gradient, tf.scalar(momentum)],
    reference() {
      const step: Tensor = tf.add(tf.mul(velocity, momentum), gradient);
      return [tf.sub(weight, tf.mul(step, rate)), step];
    },
  });
}
