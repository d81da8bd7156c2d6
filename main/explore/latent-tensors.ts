/** Makes the inputs of networks from points of the latent space. */
import { sizeOf, type LatentSpace } from '../latent.ts';
import { tf, type Tensors } from '../tensor.ts';

/** The parts of these points as tensors by name, [count, size] each. */
export function partsOf(space: LatentSpace, points: Float32Array): Tensors {
  const width = sizeOf(space);
  const count = points.length / width;
  let offset = 0;
  return Object.fromEntries(
    space.map(({ name, size }) => {
      const from = offset;
      offset += size;
      if (size === width) return [name, tf.tensor2d(points, [count, size])];
      const numbers = new Float32Array(count * size);
      for (let row = 0; row < count; row++)
        numbers.set(points.subarray(row * width + from, row * width + from + size), row * size);
      return [name, tf.tensor2d(numbers, [count, size])];
    }),
  );
}
