// @ts-check
/**
 * The default app of an Electron distribution: opens the project folder that its command line names, as
 * upstream's does.
 */

const main = `'use strict';
const { app } = require('electron');
const Module = require('module');
const path = require('path');

const words = process.argv.slice(1);
const preloads = [];
let project = null;
for (let index = 0; index < words.length && project === null; index += 1) {
  if (words[index] === '-r' || words[index] === '--require') preloads.push(words[(index += 1)]);
  else if (!words[index].startsWith('-')) project = path.resolve(words[index]);
}
if (project === null) {
  console.error('Name the folder of an app: electron <folder>.');
  app.exit(1);
} else {
  const manifest = require(path.join(project, 'package.json'));
  app.setName(manifest.productName || manifest.name);
  app.setVersion(manifest.version);
  app.setAppPath(project);
  app.setPath('userData', path.join(app.getPath('appData'), manifest.productName || manifest.name));
  for (const file of preloads) require(path.resolve(file));
  Module._load(path.join(project, manifest.main), Module, true);
}
`;

/** name -> text of the default app's files */
export const defaultApp = {
  'package.json': JSON.stringify({ name: 'electron', main: 'main.js' }),
  'main.js': main,
};
