/**
 * Random tensors inside a step, made by TensorFlow from a seed that is fed: the same (seed, stream, step)
 * gives the same numbers, op by op and replayed. Numbers made in JavaScript would freeze into a recorded
 * step.
 */
import { randomWords, type RandomKey } from './random.ts';
import { attribute, operate, tf, type Shape, type Tensor, type Tensor1D } from './tensor.ts';

/** A tap of random numbers: every call gives new ones. */
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
 * A tap that draws from `seed`, int32 [2]. Calls are numbered from `first`; two taps of one seed need other
 * numbers.
 *
 * Philox (Salmon et al. 2011), as TensorFlow's StatelessRandomNormal and StatelessRandomUniform have it.
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
