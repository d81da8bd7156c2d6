/** Reads the numbers of one image out of tensors that hold a batch. */
import type { Numbers } from '../contract/index.ts';
import { tf, type Tensor } from '../tensor.ts';
import { tidied } from '../training/index.ts';

/** The most feature maps shown of one layer: more cannot be told apart on a screen. */
const MOST_MAPS = 64;

/**
 * The row of `image` in a tensor of the batch. If there are more rows than images, the batch comes last; if
 * there are fewer, images that are judged together share a row.
 */
export function rowOf(tensor: Tensor, { image, batch }: { image: number; batch: number }): number {
  const rows = rowsOf(tensor);
  return rows >= batch ? rows - batch + image : Math.floor((image * rows) / batch);
}

/** Rows of a tensor that holds a batch. */
export function rowsOf({ shape: [rows] }: Tensor): number {
  if (rows === undefined) throw new Error('A scalar has no rows.');
  return rows;
}

/** One image's numbers: [rows, ...] -> [...]; of many feature maps, only the first MOST_MAPS. */
export function numbersOf(tensor: Tensor, where: { image: number; batch: number }): Numbers {
  return tidied(() => {
    const [, ...shape] = tensor.shape;
    const row = tf.reshape(
      tf.slice(tensor, [rowOf(tensor, where), ...shape.map(() => 0)], [1, ...shape]),
      shape,
    );
    const channels = shape.at(-1) ?? 1;
    const kept =
      shape.length === 3 && channels > MOST_MAPS ? tf.slice(row, [0, 0, 0], [-1, -1, MOST_MAPS]) : row;
    return { shape: kept.shape, channels, values: kept.dataSync<'float32'>().slice() };
  });
}

/** b - a, number by number. */
export function difference(a: Numbers, b: Numbers): Numbers {
  return { ...a, values: b.values.map((value, index) => value - (a.values[index] ?? 0)) };
}

/** The Euclidean norm of all these numbers together. */
export function normOf(...tensors: Tensor[]): number {
  return tf.tidy(() =>
    Math.sqrt(tensors.reduce((sum, tensor) => sum + tf.sum(tf.square(tensor)).asScalar().arraySync(), 0)),
  );
}
