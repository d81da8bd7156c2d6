/**
 * EfficientNet-Lite0, trained on ImageNet: it computes 1,280 features of a picture, in which metrics compare
 * pictures more as a person would than pixel by pixel. Set-up provides the weights.
 *
 * Tan and Le 2019, EfficientNet; the Lite family has ReLU6 instead of swish, and no squeeze-and-excitation.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../contract/index.ts';
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../tensor.ts';
import { resizing } from './resizing.ts';
import { imagesIn, type Images, type Rows } from './rows.ts';

const FILE = 'efficientnet-lite0.safetensors';
/**
 * The network was trained on 224 pixels a side; at half of that it still ranks generators, in a quarter of
 * the time.
 */
const SIDE = 112;
const WIDTH = 1280;
/** Blocks whose depthwise convolution halves the sides, as the first convolution does. */
const HALVING = new Set([1, 3, 5, 11]);
const BLOCKS = 16;
const LENGTH_BYTES = 8;

/** A network that computes features of pictures. */
export type FeatureNetwork = {
  /** Features of each image, [count, 1280]; computes all at once, so pass few. */
  featuresOf(images: Images): Rows;
  /** Frees its weights. */
  dispose(): void;
};

type Weights = Readonly<Record<string, Tensor>>;

/** Whether its weights lie in this folder. */
export function hasEfficientNet(folder: string | undefined): boolean {
  return folder !== undefined && existsSync(path.join(folder, FILE));
}

/**
 * The network whose weights lie in this folder; undefined if there are none. Throws a StudioError if they are
 * damaged.
 */
export function openEfficientNet(folder: string | undefined): FeatureNetwork | undefined {
  const bytes = folder === undefined ? undefined : bytesOf(path.join(folder, FILE));
  if (!bytes) return undefined;
  const weights = weightsIn(bytes);
  return {
    featuresOf: (images) => featuresOf(weights, images),
    dispose: () => tf.dispose(weights),
  };
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const headerSchema = z.record(
  z.string(),
  z.object({
    shape: z.array(z.number().int().positive()),
    data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
  }),
);

/** The tensors of a safetensors file that set-up wrote. If it is damaged, no tensor stays in memory. */
function weightsIn(bytes: Buffer): Weights {
  try {
    const start = LENGTH_BYTES + Number(bytes.readBigUInt64LE(0));
    const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, start)));
    const tensors = Object.entries(header).map(([name, { shape, data_offsets: offsets }]) => {
      const [from, to] = offsets.map((offset) => bytes.byteOffset + start + offset);
      return { name, shape, numbers: new Float32Array(bytes.buffer.slice(from, to)) };
    });
    return tf.tidy(() =>
      Object.fromEntries(tensors.map(({ name, shape, numbers }) => [name, tf.tensor(numbers, shape)])),
    );
  } catch {
    throw new StudioError({
      code: 'unexpected',
      message: 'The file of EfficientNet-Lite0’s weights is damaged.',
      remedy:
        'Install GAN Studio again. If you run it from its source, delete build/features and run: npm run setup',
    });
  }
}

function featuresOf(weights: Weights, images: Images): Rows {
  const { numbers, size, channels } = images;
  const features = tf.tidy(() => {
    const matrix = tf.tensor3d(resizing(size, SIDE), [1, SIDE, size]);
    return forward(weights, prepared(tf.tensor4d(numbers, [imagesIn(images), size, size, channels]), matrix));
  });
  const seen = features.dataSync<'float32'>();
  features.dispose();
  return { numbers: seen, width: WIDTH };
}

/**
 * From [count, size, size, channels] in [-1, 1] to what the network was trained on: [count, 112, 112, 3],
 * each (byte - 127) / 128.
 */
function prepared(pictures: Tensor4D, matrix: Tensor3D): Tensor4D {
  const [count, size, , channels] = pictures.shape;
  // Rounded to bytes, as pictures of the data are: the network would notice the finer steps of floats.
  const bytes = tf.round(tf.mul(tf.add(tf.clipByValue(pictures, -1, 1), 1), 127.5));
  // [count, 112, size * channels], then [count * 112, 112, channels]
  const tall = tf.matMul(matrix, tf.reshape(bytes, [count, size, size * channels]));
  const resized = tf.matMul(matrix, tf.reshape(tall, [count * SIDE, size, channels]));
  const square: Tensor4D = tf.reshape(resized, [count, SIDE, SIDE, channels]);
  return tf.div(tf.sub(channels === 1 ? tf.tile(square, [1, 1, 1, 3]) : square, 127), 128);
}

/** [count, 1280]: the mean of the last convolution over all positions. */
function forward(weights: Weights, pictures: Tensor4D): Tensor {
  let x = tf.relu6(convolution(weights, { x: pictures, name: '_conv_stem', strides: 2 }));
  for (let block = 0; block < BLOCKS; block++) {
    const inner = `_blocks.${block}.`;
    const strides = HALVING.has(block) ? 2 : 1;
    const wide = weights[`${inner}_expand_conv.kernel`]
      ? tf.relu6(convolution(weights, { x, name: `${inner}_expand_conv`, strides: 1 }))
      : x;
    const filtered = tf.relu6(convolution(weights, { x: wide, name: `${inner}_depthwise_conv`, strides }));
    const narrow = convolution(weights, { x: filtered, name: `${inner}_project_conv`, strides: 1 });
    x = strides === 1 && narrow.shape[3] === x.shape[3] ? tf.add(x, narrow) : narrow;
  }
  return tf.mean(tf.relu6(convolution(weights, { x, name: '_conv_head', strides: 1 })), [1, 2]);
}

function convolution(
  weights: Weights,
  { x, name, strides }: { x: Tensor4D; name: string; strides: 1 | 2 },
): Tensor4D {
  const kernel = weightOf(weights, `${name}.kernel`) as Tensor4D;
  const filtered = name.endsWith('_depthwise_conv')
    ? tf.depthwiseConv2d(x, kernel, strides, 'same')
    : tf.conv2d(x, kernel, strides, 'same');
  return tf.add(filtered, weightOf(weights, `${name}.bias`));
}

function weightOf(weights: Weights, name: string): Tensor {
  const found = weights[name];
  if (!found) throw new Error(`EfficientNet-Lite0 has no weight ${name}.`);
  return found;
}
