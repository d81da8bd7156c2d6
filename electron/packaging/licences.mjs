// @ts-check
/**
 * Gathers the licences of everything that the app contains, judging by what was built and installed, into one
 * file beside the programs. Chromium and Node bring their own list.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildFolder, projectRoot } from './entries.mjs';

/** @typedef {{ name: string, version?: string, licence: string, text: string }} Work */

const modules = path.join(projectRoot, 'node_modules');
const tensorflow = path.join(modules, '@tensorflow', 'tfjs-node');
/**
 * Packages in pages of the html export. exported-page.mjs bundles them into a string, so no source map names
 * them.
 */
const exportedPackages = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-backend-wasm'].map((name) =>
  path.join(modules, '@tensorflow', name),
);
/** Packages that dependencies require but the app leaves out: types, and polyfills for old browsers. */
const LEFT_OUT = /[\\/](core-js|regenerator-runtime|@types[\\/][^\\/]+|@webgpu[\\/][^\\/]+)$/;
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third[-_]party)/i;
const MIT_GRANT = 'Permission is hereby granted, free of charge';

/** Writes build/electron/licences.json; to be called when everything is built. */
export function writeLicences() {
  writeFileSync(path.join(buildFolder, 'electron', 'licences.json'), JSON.stringify(gatherWorks()));
}

/** Everything that the app contains, the app itself first. @returns {Work[]} */
export function gatherWorks() {
  const folders = new Set([...installedPackages(), ...bundledPackages(), ...exportedPackages]);
  const packages = [...folders].map(packageWork);
  const others = [electronWork(), tensorflowWork(), xnnpackWork(), ...featureWorks(), ...datasetWorks()];
  const sorted = [...packages, ...others].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const own = { ...packageWork(projectRoot), name: 'GAN Studio' };
  return [own, ...sorted.filter(isFirst)];
}

/**
 * Drops doubles: a package may lie in several folders.
 * @param {Work} work
 * @param {number} index
 * @param {Work[]} all
 */
function isFirst({ name, version }, index, all) {
  return all.findIndex((each) => each.name === name && each.version === version) === index;
}

/** Folders of the packages that the app contains unbundled: its dependencies, and theirs. */
export function installedPackages() {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {string} folder */
  const visit = (folder) => {
    const { dependencies, optionalDependencies } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = packageFrom(folder, name);
      if (!place || found.has(place)) continue;
      found.add(place);
      visit(place);
    }
  };
  visit(projectRoot);
  return new Set([...found].filter((folder) => !LEFT_OUT.test(folder)));
}

/** Folders of the packages that a program or the page contains, according to their source maps. */
export function bundledPackages() {
  const maps = filesBelow(buildFolder).filter((file) => file.endsWith('.map') && !isTestBuild(file));
  return new Set(
    maps.flatMap((file) =>
      sourcesOf(file).flatMap((source) => {
        const inside = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(
          path.resolve(path.dirname(file), source),
        );
        return inside?.[1] && existsSync(path.join(inside[1], 'package.json')) ? [inside[1]] : [];
      }),
    ),
  );
}

/** @param {string} file */
const isTestBuild = (file) => file.startsWith(path.join(buildFolder, 'test') + path.sep);

/** @param {string} file of a source map @returns {string[]} */
function sourcesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).sources;
}

/**
 * The folder in which Node would find a package.
 * @param {string} folder
 * @param {string} name
 * @returns {string | undefined}
 */
function packageFrom(folder, name) {
  const place = path.join(folder, 'node_modules', name);
  if (existsSync(path.join(place, 'package.json'))) return place;
  return folder === projectRoot ? undefined : packageFrom(path.dirname(folder), name);
}

/** @param {string} folder */
const manifestOf = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** @param {string} folder @returns {Work} */
function packageWork(folder) {
  const { name, version, license, licenses, author } = manifestOf(folder);
  const text = licenceFiles(folder) || licenceInReadme(folder) || licenceOfFamily(name);
  const licence = license ?? licenses?.[0]?.type ?? (text.includes(MIT_GRANT) ? 'MIT' : 'See its text');
  return { name, version, licence, text: text || standardText(licence, author?.name ?? author) };
}

/** The package's licence files, one after the other. @param {string} folder */
function licenceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => readFileSync(path.join(folder, name), 'utf8').trim())
    .join('\n\n');
}

/** The README from the heading of its licence on. @param {string} folder */
function licenceInReadme(folder) {
  const readme = readdirSync(folder).find((name) => /^readme/i.test(name));
  const text = readme ? readFileSync(path.join(folder, readme), 'utf8') : '';
  const start = text.search(/^#*\s*(the )?(mit )?licen[cs]e/im);
  const section = start < 0 ? '' : text.slice(start).trim();
  return section.includes(MIT_GRANT) ? section : '';
}

/** For a package that only holds a binary: the licence of its project. @param {string} name */
function licenceOfFamily(name) {
  const project = /^(@napi-rs\/image)-/.exec(name)?.[1];
  return project ? licenceFiles(path.join(modules, project)) : '';
}

/** The standard text of a licence. @param {string} licence @param {string} [holder] */
function standardText(licence, holder) {
  if (licence.includes('Apache-2.0')) return apacheText();
  if (licence === 'MIT') return MIT.replace('HOLDER', holder ?? 'its contributors');
  throw new Error(`There is no text of the licence ${licence}: add it to electron/packaging/licences.mjs.`);
}

/** The whole Apache licence 2.0, which the package `long` contains. */
function apacheText() {
  return licenceFiles(path.join(modules, 'long'));
}

/** @returns {Work} */
function electronWork() {
  return { name: 'Electron', licence: 'MIT', text: licenceFiles(path.join(modules, 'electron')) };
}

/** The library behind tfjs-node, which is asked for its version. @returns {Work} */
function tensorflowWork() {
  const addon = path.join(tensorflow, 'lib', 'napi-v8', 'tfjs_binding.node');
  const print = `process.stdout.write(require(${JSON.stringify(addon)}).TF_Version)`;
  const version = execFileSync(process.execPath, ['-e', print], { encoding: 'utf8', stdio: 'pipe' });
  const texts = filesBelow(path.join(tensorflow, 'deps')).filter((file) =>
    LICENCE_FILE.test(path.basename(file)),
  );
  const text = texts.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n');
  return { name: 'TensorFlow', version, licence: 'Apache-2.0', text: text || apacheText() };
}

/** The library behind TensorFlow.js in WebAssembly, with its own dependencies. @returns {Work} */
function xnnpackWork() {
  const text = readFileSync(path.join(projectRoot, 'main', 'export', 'html', 'page', 'licences.txt'), 'utf8');
  return { name: 'XNNPACK (exported web pages)', licence: 'BSD-3-Clause', text: text.trim() };
}

/** The metrics' network, if set-up could get it. @returns {Work[]} */
function featureWorks() {
  const folder = path.join(buildFolder, 'features');
  if (!existsSync(folder)) return [];
  const text = [licenceFiles(folder), apacheText()].join('\n\n');
  return [{ name: 'EfficientNet-Lite0 (weights)', licence: 'Apache-2.0', text }];
}

/** @returns {Work[]} */
function datasetWorks() {
  const notices = readFileSync(path.join(buildFolder, 'datasets', 'NOTICE.txt'), 'utf8').trim();
  const ofSet = (/** @type {string} */ set) =>
    notices.split(/\n(?=\w+: )/).find((notice) => notice.startsWith(`${set}: `)) ?? '';
  const text = (/** @type {string} */ set, /** @type {string} */ source) =>
    [ofSet(set), licenceFiles(path.join(modules, source))].join('\n\n');
  return [
    { name: 'Digits (MNIST)', licence: 'MIT', text: text('digits', 'mnist') },
    { name: 'Emoji (Twemoji)', licence: 'CC-BY-4.0', text: text('emoji', 'emoji-datasource-twitter') },
  ];
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (place === path.join(buildFolder, 'datasets')) return [];
    return entry.isDirectory() ? filesBelow(place) : [place];
  });
}

const MIT = `The MIT License (MIT)

Copyright (c) HOLDER

${MIT_GRANT}, to any person obtaining a copy of this software and associated documentation files (the "Software"), to
deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
