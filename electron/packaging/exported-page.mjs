// @ts-check
/**
 * Provides the page of the `html` export as a module, `virtual:exported-page`: its scripts and style sheet,
 * bundled for browsers, each as one string, and the engine's WebAssembly in base64. The exporter puts them
 * into one file.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { alias, projectRoot } from './entries.mjs';
import { pageKernels } from './page-kernels.mjs';

const MODULE = 'virtual:exported-page';
const RESOLVED = `\0${MODULE}`;

const folder = path.join(projectRoot, 'main', 'export', 'html', 'page');
const wasmPackage = path.join(projectRoot, 'node_modules', '@tensorflow', 'tfjs-backend-wasm');

/**
 * The backend's modules for threads, which a page can use only if a server allows it, and a file never can.
 */
const THREADS = /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/;
const NO_THREADS = '\0no-threads';

/** Made once, for the first program that is bundled. @type {Promise<string> | undefined} */
let made;

/** Serves the module. @returns {import('vite').Plugin} */
export function exportedPage() {
  return {
    name: 'exported-page',
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? (made ??= moduleText()) : undefined),
  };
}

async function moduleText() {
  const texts = {
    markup: readFileSync(path.join(folder, 'page.html'), 'utf8'),
    style: style(),
    engine: await script('engine.ts'),
    page: await script('page.ts'),
    licences: licences(),
    wasm: readFileSync(path.join(wasmPackage, 'wasm-out', 'tfjs-backend-wasm-simd.wasm')).toString('base64'),
  };
  return Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`)
    .join('');
}

/** The style sheets that page.css imports, one after the other. */
function style() {
  const imports = readFileSync(path.join(folder, 'page.css'), 'utf8').matchAll(/@import '(.+)';/g);
  return [...imports].map(([, file = '']) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
}

/**
 * The licences of all that is bundled, without < and >: they stand in an element, which a tag in them would
 * end.
 */
function licences() {
  const own = readFileSync(path.join(folder, 'licences.txt'), 'utf8');
  const apache = readFileSync(path.join(projectRoot, 'node_modules', 'long', 'LICENSE'), 'utf8');
  return `${own}\n${apache}`.replaceAll('<', '(').replaceAll('>', ')');
}

/** One script without imports. @param {string} entry */
async function script(entry) {
  const built = await build({
    configFile: false,
    root: folder,
    publicDir: false,
    logLevel: 'warn',
    resolve: {
      // The package's index would bring the gradients too.
      alias: [
        { find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base' },
        ...Object.entries(alias).map(([find, replacement]) => ({ find, replacement })),
      ],
    },
    plugins: [withoutThreads(), pageKernels()],
    build: {
      write: false,
      target: ['chrome94', 'firefox93', 'safari15'],
      minify: true,
      lib: { entry: path.join(folder, entry), formats: ['iife'], name: 'exportedPage' },
    },
  });
  const [output] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (
    Array.isArray(built) ? built : [built]
  ).flatMap(({ output }) => output);
  if (output?.type !== 'chunk') throw new Error(`${entry} did not become a script.`);
  return output.code;
}

/** @returns {import('vite').Plugin} */
function withoutThreads() {
  return {
    name: 'no-threads',
    enforce: 'pre',
    resolveId: (id) => (THREADS.test(id) ? NO_THREADS : undefined),
    load: (id) =>
      id === NO_THREADS ? 'export default undefined; export const wasmWorkerContents = "";' : undefined,
  };
}
