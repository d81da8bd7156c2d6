/**
 * Random tensors inside a step, which TensorFlow draws from a seed that is fed: the same (seed, stream, step)
 * gives the same numbers, op by op and replayed. Numbers drawn in JavaScript would become constants in a
 * recorded step.
 */
import { randomWords, type RandomKey } from './random.ts';
import { attribute, operate, tf, type Shape, type Tensor, type Tensor1D } from './tensor.ts';

/** A source of random tensors: every call draws new ones. */
export type StepRandom = {
  /** From the standard normal distribution. */
  normal(shape: Shape): Tensor;
  /** From the uniform distribution over [0, 1). */
  uniform(shape: Shape): Tensor;
};

/** The seed that a step is fed, int32 [2]. */
export function seedTensor({ seed, stream, step }: RandomKey): Tensor1D {
  return tf.tensor1d(Int32Array.from(randomWords({ seed, stream, step }, 2)), 'int32');
}

/**
 * Random tensors drawn from `seed`, int32 [2]. Calls are numbered from `first`; two that share a seed need
 * different numbers.
 *
 * Philox (Salmon et al. 2011), as in TensorFlow's StatelessRandomNormal and StatelessRandomUniform.
 */
export function stepRandom(seed: Tensor, first = 0): StepRandom {
  let call = first;
  const draw = (operation: string, shape: Shape): Tensor =>
    tf.tidy(() => {
      const own = tf.add(seed, tf.tensor1d([0, call++], 'int32'));
      return operate(
        operation,
        [attribute.floatType('dtype'), attribute.intType('T'), attribute.intType('Tseed')],
        [tf.tensor1d(shape, 'int32'), own],
      );
    });
  return {
    normal: (shape) => draw('StatelessRandomNormal', shape),
    uniform: (shape) => draw('StatelessRandomUniform', shape),
  };
}
