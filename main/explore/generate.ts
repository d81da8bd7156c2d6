/** Runs a trained model: images from points, points from images, and images rebuilt from images. */
import type { ImageBatch } from '../contract/index.ts';
import { bytesOf } from '../datasets/index.ts';
import { SCATTER_SIZE, scatterPicture } from '../samples/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';
import type { Use } from '../game/index.ts';
import { sizeOf } from '../latent.ts';
import { partsOf } from './latent-tensors.ts';
import { asPoints, imageShapeOf, inParts, networksOf, requireUse, runUse, type Model } from './model.ts';

/**
 * Images in [-1, 1], [count, size, size, channels] flattened, from `points`, [count, size of the space]
 * flattened. `classes`: the class of each, from 0, if the model takes one; by default each class in turn.
 */
export function generate(model: Model, points: Float32Array, classes?: ArrayLike<number>): Float32Array {
  const use = requireUse(model, 'generate');
  const size = sizeOf(model.latent);
  const width = pixelsOf(model);
  return inParts({ count: points.length / size, width }, ({ first, count }) => {
    const inputs = tf.tidy(() => ({
      ...partsOf(model.latent, points.subarray(first * size, (first + count) * size)),
      ...classInput(model, use, { first, count, classes }),
    }));
    const image = tensorOf(runUse(model, use, inputs), 'image');
    tf.dispose(inputs);
    return taken(image);
  });
}

/** The points that the model's encoder finds for images; both have the shapes that `generate` has. */
export function encode(model: Model, images: Float32Array): Float32Array {
  const use = requireUse(model, 'encode');
  const pixels = pixelsOf(model);
  return inParts({ count: images.length / pixels, width: sizeOf(model.latent) }, (rows) => {
    const image = imagesIn(model, images, rows);
    const points = asPoints(model.latent, runUse(model, use, { image }));
    image.dispose();
    return points;
  });
}

/** The images as the model rebuilds them, in the shape of `generate`. */
export function rebuild(model: Model, images: Float32Array): Float32Array {
  const use = requireUse(model, 'rebuild');
  const width = pixelsOf(model);
  return inParts({ count: images.length / width, width }, (rows) => {
    const image = imagesIn(model, images, rows);
    const [rebuilt] = Object.values(runUse(model, use, { image }));
    image.dispose();
    return taken(rebuilt!);
  });
}

/**
 * Images as bytes to show: -1 becomes 0 and 1 becomes 255; a point of the plane becomes a picture of its
 * position. `numbers` are images of the model's size, flattened.
 */
export function asPictures(model: Model, numbers: Float32Array): ImageBatch {
  const [size, , channels] = imageShapeOf(model);
  if (channels === 2) return pointPictures(numbers);
  return {
    count: numbers.length / (size * size * channels),
    size,
    channels: channels === 1 ? 1 : 3,
    pixels: bytesOf(numbers),
  };
}

/** The pictures that the model generates from points. */
export function generateImages(model: Model, points: Float32Array, classes?: ArrayLike<number>): ImageBatch {
  return asPictures(model, generate(model, points, classes));
}

function pixelsOf(model: Model): number {
  return imageShapeOf(model).reduce((product, side) => product * side, 1);
}

function imagesIn(
  model: Model,
  images: Float32Array,
  { first, count }: { first: number; count: number },
): Tensor {
  const width = pixelsOf(model);
  return tf.tensor(images.subarray(first * width, (first + count) * width), [count, ...imageShapeOf(model)]);
}

function taken(tensor: Tensor): Float32Array {
  const numbers = tensor.dataSync<'float32'>();
  tensor.dispose();
  return numbers;
}

function pointPictures(numbers: Float32Array): ImageBatch {
  const pictures = Array.from({ length: numbers.length / 2 }, (_, index) =>
    scatterPicture([{ points: numbers.subarray(2 * index, 2 * index + 2), of: 'generated' }]),
  );
  return {
    count: pictures.length,
    size: SCATTER_SIZE,
    channels: 3,
    pixels: Buffer.concat(pictures.map(({ pixels }) => pixels)),
  };
}

/** The input `class`, one-hot, [count, classes]; nothing if no network takes it. */
function classInput(
  model: Model,
  use: Use,
  { first, count, classes }: { first: number; count: number; classes: ArrayLike<number> | undefined },
): Tensors {
  const width = networksOf(model, use).find(({ network }) => network.inputs['class'])?.network.inputs[
    'class'
  ]?.[0];
  if (width === undefined) return {};
  const labels = Int32Array.from({ length: count }, (_, index) =>
    classes ? (classes[first + index] ?? 0) : (first + index) % width,
  );
  return { class: tf.oneHot(tf.tensor1d(labels, 'int32'), width).toFloat() };
}
