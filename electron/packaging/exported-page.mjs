// @ts-check
/**
 * The page of the `html` export as a module, `virtual:exported-page`: scripts and style sheet bundled for browsers, each
 * as one text, and the WebAssembly that the engine runs. The exporter puts them into one file.
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

/** What the backend has for pages that a server lets run threads, which a file never can. */
const THREADS = /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/;
const NO_THREADS = '\0no-threads';

/** Whichever program is bundled first makes them. @type {Promise<string> | undefined} */
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

/** The style sheets that page.css imports, one behind the other. */
function style() {
  const imports = readFileSync(path.join(folder, 'page.css'), 'utf8').matchAll(/@import '(.+)';/g);
  return [...imports].map(([, file = '']) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
}

/** Of all that is bundled; an element holds them, which a tag in them would end. */
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
      // Without gradients, which its index brings.
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
