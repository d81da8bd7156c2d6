// @ts-check
/**
 * Makes packages of the app. `upstream`: in dist/packages, with electron-builder. On Linux also `own`: in
 * dist/packages, with dpkg-deb, rpmbuild and mksquashfs; and `check`: the same in dist/checked with less
 * compression, and the .deb of the variant for tests.
 */
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { runOrThrow } from '../setup/run-or-throw.mjs';
import { projectRoot } from './entries.mjs';
import { checkCompanions } from './linux/check.mjs';
import { contentsTable } from './linux/contents.mjs';
import { makeAppImage } from './linux/app-image.mjs';
import { makeDeb } from './linux/deb.mjs';
import { files, testsDeb } from './linux/files.mjs';
import { layOut, version } from './linux/layout.mjs';
import { makeRpm } from './linux/rpm.mjs';
import { forgetEmptySecrets, signingInWords } from './signing.mjs';

const distFolder = path.join(projectRoot, 'dist');
const app = path.join(distFolder, 'linux-unpacked');

const [way = '', ...rest] = process.argv.slice(2);
const kinds = rest.filter((each) => !each.startsWith('--'));
const runtime = rest.find((each) => each.startsWith('--runtime='))?.slice('--runtime='.length);
process.chdir(projectRoot);
try {
  if (way === 'upstream') await makeWithBuilder();
  else if (way === 'own') await makeOwn({ into: 'packages', quick: false });
  else await makeForCheck();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // electron-builder does not always keep a process.exitCode that is set.
  process.exit(1);
}

async function makeWithBuilder() {
  forgetEmptySecrets(process.env);
  console.log(signingInWords(process.platform, process.env));
  const made = await build({
    projectDir: projectRoot,
    config: path.join('electron', 'packaging', 'electron-builder.mjs'),
    // Where apps are signed, packaging has to happen here.
    ...(process.platform === 'linux' && { prepackaged: app }),
    targets: Platform.current().createTarget(kinds),
    publish: 'never',
  });
  for (const file of made) renameSync(file, fileFor('packages', path.basename(file)));
}

/** @param {{ into: string, quick: boolean }} how quick: less compression */
async function makeOwn({ into, quick }) {
  const root = await laidOut(app);
  await checkCompanions(root);
  console.log(contentsTable(app));
  for (const kind of /** @type {(keyof typeof files)[]} */ (kinds)) {
    const started = Date.now();
    const file = fileFor(into, files[kind]);
    await make(kind, { root, file, quick });
    const megabytes = (statSync(file).size / 1e6).toFixed(0);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`${path.relative(projectRoot, file)}: ${megabytes} MB in ${seconds} s`);
  }
  rmSync(root, { recursive: true });
}

async function makeForCheck() {
  await makeOwn({ into: 'checked', quick: true });
  const root = await laidOut(path.join(distFolder, 'for-tests'));
  await makeDeb({ root, file: fileFor('checked', testsDeb), version: `${version}~tests`, quick: true });
  rmSync(root, { recursive: true });
}

/** @param {string} folder */
async function laidOut(folder) {
  const root = path.join(distFolder, 'root');
  await layOut({ app: folder, root, date: new Date() });
  return root;
}

/**
 * @param {string} folder
 * @param {string} name
 */
function fileFor(folder, name) {
  mkdirSync(path.join(distFolder, folder), { recursive: true });
  const file = path.join(distFolder, folder, name);
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {keyof typeof files} kind
 * @param {{ root: string, file: string, quick: boolean }} what
 */
async function make(kind, { root, file, quick }) {
  const work = path.join(distFolder, 'work');
  if (kind === 'deb') return makeDeb({ root, file, version, quick });
  if (kind === 'rpm') return makeRpm({ root, file, work, quick });
  if (kind === 'AppImage') return makeAppImage({ root, app, runtime: runtime ?? '', file, work });
  const name = `gan-studio-${version}`;
  await runOrThrow(
    'tar',
    ['-czf', file, `--transform=s,^linux-unpacked,${name},`, '--owner=0', '--group=0', 'linux-unpacked'],
    { cwd: distFolder },
  );
}
