/** Numbers outside of TensorFlow: transposed, and as bytes. */
import type { Numbers } from '../layers/index.ts';

/** The numbers with their axes in this order, transposed as by TensorFlow's Transpose. */
export function turned({ shape, values }: Numbers, order: readonly number[]): Numbers {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const to = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const result = new Float32Array(values.length);
  const position = new Array<number>(to.length).fill(0);
  let from = 0;
  for (let index = 0; index < result.length; index++) {
    result[index] = values[from] ?? 0;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const [size, step] = [to[axis] ?? 1, steps[axis] ?? 1];
      position[axis] = (position[axis] ?? 0) + 1;
      from += step;
      if ((position[axis] ?? 0) < size) break;
      from -= size * step;
      position[axis] = 0;
    }
  }
  return { shape: to, values: result };
}

/**
 * [rows, height, width, channels] -> [rows, channels, height, width]; numbers of another rank stay as they
 * are.
 */
export function channelsFirst(numbers: Numbers): Numbers {
  return numbers.shape.length === 4 ? turned(numbers, [0, 3, 1, 2]) : numbers;
}

/** Little-endian float32, as every format stores them. */
export function bytesOf({ values }: Numbers): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
