// @ts-check
/** A table of what the packaged app consists of, why, and how large each part is. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { folderSize } from '../../setup/files.mjs';

const modules = 'resources/app.asar.unpacked/node_modules';

/**
 * A file counts in the first row that it lies in.
 * @type {{ what: string, why: string, places: string[] }[]}
 */
const rows = [
  {
    what: 'libtensorflow and its addon',
    why: 'trains and samples',
    places: [`${modules}/@tensorflow/tfjs-node/deps`, `${modules}/@tensorflow/tfjs-node/lib`],
  },
  {
    what: 'TensorFlow.js',
    why: 'layers and the models that are exported',
    places: [`${modules}/@tensorflow`],
  },
  {
    what: 'decoders of pictures',
    why: 'PNG, JPEG, WebP, AVIF, TIFF, BMP; HEIC; colour profiles and rare formats',
    places: [`${modules}/@napi-rs`, `${modules}/libheif-js`, `${modules}/wasm-vips`],
  },
  {
    what: 'ONNX Runtime',
    why: 'runs an export to ONNX once, to see that it is right',
    places: [`${modules}/onnxruntime-node`, `${modules}/onnxruntime-common`],
  },
  { what: 'other npm packages', why: 'what TensorFlow.js depends on', places: [modules] },
  { what: 'the app', why: 'its programs, its page and the licences', places: ['resources/app.asar'] },
  {
    what: 'Node and the command line',
    why: 'the verbs, which need no display',
    places: [
      'resources/node',
      'resources/node-licence.txt',
      'resources/cli.cjs',
      'resources/decoder.cjs',
      'resources/export-check.cjs',
      'resources/shared',
      'gan-studio',
    ],
  },
  { what: 'data sets', why: 'digits and emoji to begin with', places: ['resources/datasets'] },
  { what: 'EfficientNet-Lite0', why: 'metrics see pictures with it', places: ['resources/features'] },
  { what: 'Electron', why: 'the window; Chromium’s licences are 8 MB of it', places: [''] },
];

/**
 * @param {string} app the packaged app's folder
 * @returns {string} Markdown
 */
export function contentsTable(app) {
  const counted = new Set();
  const lines = rows.map(({ what, why, places }) => {
    const bytes = places.reduce((sum, place) => sum + sizeBelow(app, place, counted), 0);
    return `| ${what} | ${why} | ${(bytes / 1e6).toFixed(0)} |`;
  });
  const total = (folderSize(app) / 1e6).toFixed(0);
  return ['| what | why | MB |', '| --- | --- | ---: |', ...lines, `| all, unpacked | | ${total} |`].join(
    '\n',
  );
}

/**
 * The size of what lies in a place and no row has counted yet.
 * @param {string} app
 * @param {string} place below the app's folder
 * @param {Set<string>} counted places; this one is added
 * @returns {number} bytes
 */
function sizeBelow(app, place, counted) {
  if (counted.has(place)) return 0;
  const inside = [...counted].some((each) => place === '' || each.startsWith(`${place}/`));
  counted.add(place);
  if (!inside) return folderSize(path.join(app, place));
  return readdirSync(path.join(app, place)).reduce(
    (sum, name) => sum + sizeBelow(app, path.posix.join(place, name), counted),
    0,
  );
}
