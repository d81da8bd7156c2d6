// @ts-check
/**
 * Makes packages of the app: `upstream` by electron-builder; on Linux also `own` by dpkg-deb, rpmbuild and mksquashfs,
 * and `tests`, the .deb of the variant for tests.
 */
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { projectRoot } from './entries.mjs';
import { checkCompanions } from './linux/check.mjs';
import { makeAppImage } from './linux/app-image.mjs';
import { makeDeb } from './linux/deb.mjs';
import { files } from './linux/files.mjs';
import { layOut, version } from './linux/layout.mjs';
import { must } from './linux/must.mjs';
import { makeRpm } from './linux/rpm.mjs';
import { forgetEmptySecrets } from './signing.mjs';

const distFolder = path.join(projectRoot, 'dist');
const packages = path.join(distFolder, 'packages');
const app = path.join(distFolder, 'linux-unpacked');

const [way = '', ...rest] = process.argv.slice(2);
const kinds = rest.filter((each) => !each.startsWith('--'));
const runtime = rest.find((each) => each.startsWith('--runtime='))?.slice('--runtime='.length);
process.chdir(projectRoot);
mkdirSync(packages, { recursive: true });
try {
  if (way === 'upstream') await makeWithBuilder();
  else await makeOwn();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makeWithBuilder() {
  forgetEmptySecrets(process.env);
  const made = await build({
    projectDir: projectRoot,
    config: path.join('electron', 'packaging', 'electron-builder.mjs'),
    // Where apps are signed, that happens while this one is put together.
    ...(process.platform === 'linux' && { prepackaged: app }),
    targets: Platform.current().createTarget(kinds),
    publish: 'never',
  });
  for (const file of made) renameSync(file, path.join(packages, path.basename(file)));
}

async function makeOwn() {
  const tested = way === 'tests';
  const root = path.join(distFolder, 'root');
  await layOut({ app: tested ? path.join(distFolder, 'for-tests') : app, root, date: new Date() });
  await checkCompanions(root);
  for (const kind of /** @type {(keyof typeof files)[]} */ (kinds)) {
    const started = Date.now();
    const file = path.join(packages, tested ? `for-tests-${files[kind]}` : files[kind]);
    rmSync(file, { force: true });
    await make(kind, { root, file, tested });
    const megabytes = (statSync(file).size / 1e6).toFixed(0);
    console.log(
      `${path.relative(projectRoot, file)}: ${megabytes} MB in ${((Date.now() - started) / 1000).toFixed(0)} s`,
    );
  }
  rmSync(root, { recursive: true });
}

/**
 * @param {keyof typeof files} kind
 * @param {{ root: string, file: string, tested: boolean }} what
 */
async function make(kind, { root, file, tested }) {
  const work = path.join(distFolder, 'work');
  if (kind === 'deb') return makeDeb({ root, file, quick: tested });
  if (kind === 'rpm') return makeRpm({ root, file, work });
  if (kind === 'AppImage') return makeAppImage({ root, app, runtime: runtime ?? '', file, work });
  const name = `gan-studio-${version}`;
  await must(
    'tar',
    ['-czf', file, `--transform=s,^linux-unpacked,${name},`, '--owner=0', '--group=0', 'linux-unpacked'],
    distFolder,
  );
}
