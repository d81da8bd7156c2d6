/**
 * Corrects gradients of tfjs that are silently wrong to second order (4.22: exp, sigmoid, tanh, softmax).
 *
 * tfjs saves the outputs of these operations for their gradients, and what it saves is cut off from its tape.
 * The gradients here compute the output again from the input; a compiled step merges the two computations.
 * tf.logSoftmax stays wrong under a penalty, as it has no kernel of its own: write it as differences of
 * softplus.
 */
import type * as TensorFlow from '@tensorflow/tfjs-node';

/**
 * Registers the corrected gradients. `tf` is passed in, since tensor.ts calls this while it is being loaded.
 */
export function mendGradients(tf: typeof TensorFlow): void {
  const mend = (
    kernelName: string,
    input: string,
    gradient: (dy: TensorFlow.Tensor, x: TensorFlow.Tensor, axis: number) => TensorFlow.Tensor,
  ) => {
    tf.registerGradient({
      kernelName,
      inputsToSave: [input],
      gradFunc(dy, [x], attributes) {
        const { dim } = (attributes ?? {}) as { dim?: number };
        return { [input]: () => gradient(dy as TensorFlow.Tensor, x!, dim ?? -1) };
      },
    });
  };
  mend('Exp', 'x', (dy, x) => tf.mul(dy, tf.exp(x)));
  mend('Tanh', 'x', (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x)))));
  mend('Sigmoid', 'x', (dy, x) => {
    const y = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  });
  mend('Softmax', 'logits', (dy, x, axis) => {
    const y = tf.softmax(x, axis);
    const weighed = tf.mul(dy, y);
    return tf.sub(weighed, tf.mul(tf.sum(weighed, [axis], true), y));
  });
}
