/** Runs a finished generator: points in, pictures out. */
import type { ImageBatch } from '../contract/index.ts';
import { bytesOf } from '../datasets/index.ts';
import { forward, shaped, type Network } from '../layers/index.ts';
import { SCATTER_SIZE, scatterPicture } from '../scatter.ts';
import { tf, type Tensors } from '../tensor.ts';

/** Images at a time: bounds memory for large sheets. */
const AT_ONCE = 64;

/** A generator and the weights to run it with. */
export type Generator = { network: Network; weights: Tensors };

/**
 * Numbers in [-1, 1], [count, size, size, channels] flattened, from `points`, [count, z] flattened.
 * `classes`: one for each, from 0, where the generator is told one; each class in turn where it is left out.
 */
export function generate(
  { network, weights }: Generator,
  points: Float32Array,
  classes?: ArrayLike<number>,
): Float32Array {
  const {
    zSize,
    imageShape: [height, width, channels],
    network: own,
  } = sizesOf(network);
  const count = points.length / zSize;
  const numbers = new Float32Array(count * height * width * channels);
  for (let first = 0; first < count; first += AT_ONCE) {
    const part = points.subarray(first * zSize, Math.min(count, first + AT_ONCE) * zSize);
    const images = tf.tidy(
      () =>
        forward({
          network: own,
          weights,
          mode: 'inference',
          inputs: {
            z: tf.tensor2d(part, [part.length / zSize, zSize]),
            ...classInput(network, { first, count: part.length / zSize, classes }),
          },
        }).outputs.image,
    );
    numbers.set(images.dataSync(), first * height * width * channels);
    images.dispose();
  }
  return numbers;
}

/**
 * The same as bytes for showing: -1 becomes 0 and 1 becomes 255; a point of the plane becomes a picture of
 * where it lies.
 */
export function generateImages(
  generator: Generator,
  points: Float32Array,
  classes?: ArrayLike<number>,
): ImageBatch {
  const numbers = generate(generator, points, classes);
  const {
    imageShape: [size, , channels],
  } = sizesOf(generator.network);
  if (channels === 2) return pointPictures(numbers);
  return {
    count: numbers.length / (size * size * channels),
    size,
    channels: channels === 1 ? 1 : 3,
    pixels: bytesOf(numbers),
  };
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

/** One-hot, [count, classes], where the network takes it. */
function classInput(
  network: Network,
  { first, count, classes }: { first: number; count: number; classes: ArrayLike<number> | undefined },
): Tensors {
  const width = network.inputs['class']?.[0];
  if (width === undefined) return {};
  const labels = Int32Array.from({ length: count }, (_, index) =>
    classes ? classes[first + index]! : (first + index) % width,
  );
  return { class: tf.oneHot(tf.tensor1d(labels, 'int32'), width).toFloat() };
}

/** What a generator takes and makes. Throws for a network that is none. */
export function sizesOf(network: Network): {
  network: Network<string, 'image'>;
  zSize: number;
  imageShape: [height: number, width: number, channels: number];
} {
  const { image } = network.outputs;
  const [zSize] = network.inputs['z'] ?? [];
  const [height, width, channels] = shaped(network).find(({ layer }) => layer.name === image)?.shape ?? [];
  if (!image || !zSize || !height || !width || !channels)
    throw new Error(
      'A generator takes "z", a row of numbers, and makes "image", a picture; this network does not.',
    );
  return { network: { ...network, outputs: { image } }, zSize, imageShape: [height, width, channels] };
}
