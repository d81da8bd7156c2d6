// @ts-check
/**
 * Provides tfjs-node with libtensorflow and the native addon: from upstream's installer or, on Linux x64, a
 * PyPI wheel.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOnce, place } from './files.mjs';
import { buildFromWheel, wheelVersion } from './libtensorflow-wheel.mjs';
import {
  cacheFolder,
  hasFallbacks,
  modulesFolder,
  platformName,
  projectRoot,
  readJson,
  tfjsNodePackage,
} from './paths.mjs';
import { run } from './processes.mjs';
import { SetupError, megabytes, say, step } from './report.mjs';

const stampFile = path.join(tfjsNodePackage, 'lib', 'gan-studio.json');
const parts = ['deps', 'lib'];

/** @returns {boolean} whether tfjs-node has a library and an addon that have been tested here */
export function libtensorflowIsReady() {
  const stamp = readJson(stampFile);
  return stamp?.verified === true && existsSync(path.join(tfjsNodePackage, 'deps', 'lib'));
}

/**
 * Provides libtensorflow: from the cache, else from upstream, else from the wheel; then tests it with a
 * computation.
 */
export async function ensureLibtensorflow() {
  if (libtensorflowIsReady()) return;
  const version = readJson(path.join(tfjsNodePackage, 'package.json'))?.version ?? 'unknown';
  const products = {
    upstream: path.join(cacheFolder(), `libtensorflow-tfjs-${version}-${platformName}`),
    wheel: path.join(cacheFolder(), `libtensorflow-wheel-${wheelVersion}-tfjs-${version}-${platformName}`),
  };
  const cached = Object.entries(products).find(([, product]) => existsSync(product));
  if (cached) {
    if (await placeAndVerify(cached[1], `${cached[0]}, from the cache`)) return;
    rmSync(cached[1], { recursive: true, force: true });
  }
  if (await installUpstream(products.upstream)) return;
  if (!hasFallbacks) throw upstreamFailed();
  await makeOnce(products.wheel, buildFromWheel);
  if (await placeAndVerify(products.wheel, `the wheel tensorflow-cpu ${wheelVersion}`)) return;
  rmSync(products.wheel, { recursive: true, force: true });
  throw new SetupError({
    code: 'libtensorflow',
    facts: 'libtensorflow is in place but tfjs-node could not compute with it; the reason is above.',
    remedy: 'Check that this processor has AVX (grep avx /proc/cpuinfo), then run the same command again.',
  });
}

/**
 * Runs upstream's installer and keeps what it made. Its exit code says little, so tfjs-node has to compute
 * something.
 * @param {string} product the folder of the cache that receives it
 * @returns {Promise<boolean>} whether it works
 */
async function installUpstream(product) {
  const progress = step('libtensorflow, from its own project');
  const manifest = path.join(tfjsNodePackage, 'package.json');
  const manifestBefore = readFileSync(manifest);
  clearUpstreamDebris();
  const outcome = await run(process.execPath, [path.join('scripts', 'install.js')], {
    cwd: tfjsNodePackage,
    environment: {
      ...process.env,
      PATH: `${path.join(modulesFolder, '.bin')}${path.delimiter}${process.env.PATH}`,
    },
    growth: {
      folders: parts.map((part) => path.join(tfjsNodePackage, part)),
      stallSeconds: 60,
      onProgress: (bytes) => progress.update(megabytes(bytes)),
    },
  });
  writeFileSync(manifest, manifestBefore);
  if (outcome.code === 0 && (await computes()).works) {
    progress.end('installed');
    await makeOnce(product, async (staging) => {
      for (const part of parts) place(path.join(tfjsNodePackage, part), path.join(staging, part));
    });
    markVerified('upstream');
    return true;
  }
  clearUpstreamDebris();
  progress.end(outcome.stalled ? 'gave up: nothing arrived for 60 s' : 'not reachable from here');
  return false;
}

function clearUpstreamDebris() {
  for (const part of [...parts, 'build'])
    rmSync(path.join(tfjsNodePackage, part), { recursive: true, force: true });
}

/**
 * @param {string} product
 * @param {string} source
 */
async function placeAndVerify(product, source) {
  for (const part of parts) place(path.join(product, part), path.join(tfjsNodePackage, part));
  const { works, reason } = await computes();
  if (works) {
    markVerified(source);
    say(`libtensorflow: ready (${source})`);
  } else say(`libtensorflow (${source}) does not work: ${reason}`);
  return works;
}

/** Multiplies two matrices in a process of its own, since a broken library may end the process. */
async function computes() {
  const script = `const tf = require('@tensorflow/tfjs-node');
    const sum = tf.matMul(tf.ones([3, 3]), tf.ones([3, 3])).sum().dataSync()[0];
    process.exit(tf.getBackend() === 'tensorflow' && sum === 27 ? 0 : 1);`;
  const environment = { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env };
  const outcome = await run(process.execPath, ['-e', script], { cwd: projectRoot, environment });
  const reason =
    outcome.output || (outcome.signal ? `it ended with ${outcome.signal}` : `exit code ${outcome.code}`);
  return { works: outcome.code === 0, reason };
}

/** @param {string} source */
function markVerified(source) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ verified: true, source })}\n`);
}

function upstreamFailed() {
  return new SetupError({
    code: 'libtensorflow',
    facts: `libtensorflow could not be fetched from its own project, and there is no other source for ${platformName}.`,
    remedy: 'Check the connection and the proxy settings (HTTPS_PROXY), then run the same command again.',
  });
}
