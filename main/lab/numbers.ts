/** Reads a tensor's numbers, and frees it with all that making it took. */
import { tf, type Tensor } from '../tensor.ts';

export function numbersOf(make: () => Tensor): Float32Array<ArrayBuffer> {
  const tensor = tf.tidy(make);
  const numbers = Float32Array.from(tensor.dataSync<'float32'>());
  tensor.dispose();
  return numbers;
}
