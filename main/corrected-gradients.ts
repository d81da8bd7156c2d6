/**
 * Gradients of tfjs that are silently wrong to second order (4.22: exp, sigmoid, tanh, softmax), registered
 * anew.
 *
 * tfjs keeps their outputs for the gradient, and cuts what it keeps off from its tape; these compute the
 * output again from the input. A compiled step merges the two. Under a penalty tf.logSoftmax stays wrong, as
 * it runs no kernel of its own: write it as differences of softplus.
 */
import type * as TensorFlow from '@tensorflow/tfjs-node';

/** Registers them. `tf` is passed in, since the one door to tfjs calls this while it opens. */
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
