/** Runs a finished generator: points in, pictures out. */
import type { ImageBatch } from '../contract/index.ts';
import { forward, shapesOf, type Network } from '../layers/index.ts';
import { tf, type Tensors } from '../tensor.ts';

/** Images at a time: bounds memory for large sheets. */
const AT_ONCE = 64;

/** A generator and the weights to run it with. */
export type Generator = { network: Network; weights: Tensors };

/** Numbers in [-1, 1], [count, size, size, channels] flattened, from `points`, [count, z] flattened. */
export function generate({ network, weights }: Generator, points: Float32Array): Float32Array {
  const zSize = network.inputs['z']![0]!;
  const [height, width, channels] = imageShape(network);
  const count = points.length / zSize;
  const numbers = new Float32Array(count * height * width * channels);
  for (let first = 0; first < count; first += AT_ONCE) {
    const part = points.subarray(first * zSize, Math.min(count, first + AT_ONCE) * zSize);
    const images = tf.tidy(() => forward({
      network, weights, mode: 'inference', inputs: { z: tf.tensor2d(part, [part.length / zSize, zSize]) },
    }).outputs['image']!);
    numbers.set(images.dataSync(), first * height * width * channels);
    images.dispose();
  }
  return numbers;
}

/** The same as bytes for showing: -1 becomes 0 and 1 becomes 255. */
export function generateImages(generator: Generator, points: Float32Array): ImageBatch {
  const numbers = generate(generator, points);
  const [size, , channels] = imageShape(generator.network);
  const pixels = Uint8Array.from(numbers, (number) => Math.max(0, Math.min(255, Math.round((number + 1) * 127.5))));
  return { count: pixels.length / (size * size * channels), size, channels: channels === 1 ? 1 : 3, pixels };
}

function imageShape(network: Network): [number, number, number] {
  const [height, width, channels] = shapesOf(network)[network.outputs['image']!]!;
  return [height!, width!, channels!];
}
