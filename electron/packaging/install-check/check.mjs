// @ts-check
/**
 * Installs the packages as root in clean Debian systems, and uses the app there as an ordinary user: the
 * tests' variant is driven from a dropped folder to a trained run, the release is installed over it as an
 * upgrade, started, and removed.
 */
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../setup/processes.mjs';
import { projectRoot } from '../entries.mjs';
import { files, testsDeb } from '../linux/files.mjs';
import { version } from '../linux/layout.mjs';
import { CleanRoot, seen, visitor } from './clean-root.mjs';

const packages = path.join(projectRoot, 'dist', 'checked');
/** The folder that holds everything of the ordinary user's app, and a run in it. */
const home = `/home/${visitor}/studio`;
const keptRun = `${home}/runs/Trained in a terminal`;
const outcomes = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs one check, and prints its outcome.
 * @param {string} name
 * @param {() => Promise<string | void>} work throws if the check fails; resolves to a remark to print
 * @returns {Promise<boolean>} whether it passed
 */
async function check(name, work) {
  const started = Date.now();
  try {
    const saw = await work();
    outcomes.passed++;
    console.log(`  ok ${name}${saw ? `: ${saw}` : ''} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
    return true;
  } catch (error) {
    outcomes.failed++;
    console.log(`  FAILED ${name}: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

/** @param {boolean} holds @param {string} otherwise */
function insist(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/** @param {string} suite */
async function checkDebian(suite) {
  console.log(`\n${suite}`);
  const root = await CleanRoot.make(suite);
  try {
    const before = listing(root);
    await check('the clean root has no Node, Python or compiler', async () => {
      for (const program of ['node', 'python3', 'gcc', 'cc']) {
        insist((await root.in(['sh', '-c', `command -v ${program}`])).code !== 0, `${program} is there.`);
      }
    });
    if (
      !(await check('the tests’ variant is installed with what it depends on', () => install(root, testsDeb)))
    )
      return;
    await check('every library that its programs are linked to is found', () => librariesOf(root));
    await check('the command line trains without a display', () => commandLine(root));
    await check('the main job, as an ordinary user, with Chromium’s sandbox', () =>
      endToEnd(root, [
        'studio.spec.ts',
        'inspect.spec.ts',
        '--grep',
        'a dropped folder becomes|a paused run is walked',
      ]),
    );
    await check('the release is installed over it', () => install(root, files.deb));
    await check('the release starts, and still has the earlier run', () =>
      endToEnd(root, ['release.spec.ts'], [`GAN_STUDIO_HOME=${home}`]),
    );
    await check('the AppImage, unpacked by an ordinary user, with Chromium’s sandbox', () =>
      appImageIn(root),
    );
    await check('dpkg finds every file as it was packed', async () => {
      const { output } = await root.in(['dpkg', '--verify', 'gan-studio']);
      insist(output === '', output);
    });
    await check('removed and purged, it leaves the person’s files alone', () => removal(root, before));
  } finally {
    root.remove();
  }
}

/** @param {CleanRoot} root @param {string} name */
async function install(root, name) {
  copyFileSync(path.join(packages, name), path.join(root.folder, 'tmp', name));
  if (!root.has('/opt/GAN Studio')) await root.inOrThrow(['apt-get', 'update', '-q']);
  const output = await root.inOrThrow([
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    `/tmp/${name}`,
  ]);
  return /(\d+) upgraded, (\d+) newly installed/.exec(output)?.[0] ?? 'installed';
}

/** @param {CleanRoot} root */
async function librariesOf(root) {
  const script = `find "/opt/GAN Studio" -type f \\( -name '*.so*' -o -name '*.node' -o -perm -u+x \\) -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u || true`;
  const lacking = (await root.inOrThrow(['sh', '-c', script]))
    .split('\n')
    // ldd does not find the app's own libraries; the programs that load them do.
    .filter((line) => line !== '' && !/libffmpeg|libtensorflow/.test(line));
  insist(lacking.length === 0, lacking.join('\n'));
}

/** @param {CleanRoot} root */
async function commandLine(root) {
  insist(
    (await root.inOrThrow(['gan-studio', '--version'], visitor)) === version,
    'It prints another version.',
  );
  const output = await root.inOrThrow(
    ['gan-studio', 'train', '--data', 'built-in:digits', '--steps', '20', '--out', keptRun],
    visitor,
  );
  insist(root.has(`${keptRun}/config.json`), 'The run folder is missing.');
  return output.split('\n').at(-1);
}

/** @param {CleanRoot} root @param {string[]} which @param {string[]} [environment] */
async function endToEnd(root, which, environment = []) {
  const display = process.env['DISPLAY'] ?? '';
  const { code, output } = await root.in(
    [
      `DISPLAY=${display}`,
      'GAN_STUDIO_APP=/usr/bin/gan-studio',
      'TMPDIR=/tmp',
      ...environment,
      seen.node,
      `${seen.project}/node_modules/@playwright/test/cli.js`,
      'test',
      `--config=${seen.project}/playwright.config.ts`,
      '--reporter=line',
      '--workers=1',
      '--output=/tmp/test-results',
      ...which,
    ],
    { user: visitor },
  );
  insist(code === 0, output);
  return /\d+ passed/.exec(output)?.[0];
}

/** @param {CleanRoot} root */
async function appImageIn(root) {
  copyFileSync(path.join(packages, files.AppImage), path.join(root.folder, 'tmp', files.AppImage));
  await root.inOrThrow([`/tmp/${files.AppImage}`, '--appimage-extract'], visitor);
  return endToEnd(root, ['release.spec.ts'], [`GAN_STUDIO_APP=/home/${visitor}/squashfs-root/AppRun`]);
}

/** @param {CleanRoot} root @param {Set<string>} before */
async function removal(root, before) {
  await root.inOrThrow(['apt-get', 'remove', '-y', '-q', 'gan-studio']);
  await root.inOrThrow(['dpkg', '--purge', 'gan-studio']);
  const left = [...listing(root)].filter(
    (file) => !before.has(file) && /gan.?studio|studio\.gan/i.test(file),
  );
  insist(left.length === 0, `These are left:\n${left.join('\n')}`);
  insist(root.has(`${keptRun}/config.json`), 'The person’s run is gone.');
}

/**
 * The files of the system, without what apt keeps and what belongs to people.
 * @param {CleanRoot} root
 */
function listing(root) {
  const kept = [
    'home',
    'tmp',
    'proc',
    'sys',
    'dev',
    'mnt',
    'var/cache',
    'var/log',
    'var/lib/apt',
    'var/lib/dpkg',
  ];
  /** @param {string} folder @returns {string[]} */
  const below = (folder) =>
    readdirSync(path.join(root.folder, folder), { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (kept.includes(file)) return [];
      return entry.isDirectory() ? [file, ...below(file)] : [file];
    });
  return new Set(below(''));
}

/** Why no other root can be set up here, in words; null if the kernel allows it. */
async function refusal() {
  if (process.getuid?.() !== 0) return 'setting up another root takes root';
  const { code, output } = await run(
    'unshare',
    ['--mount', '--pid', '--fork', 'sh', '-c', 'mount --make-rprivate /'],
    {},
  );
  return code === 0 ? null : `the kernel refused a namespace of mounts and processes: ${output}`;
}

/** Checks the packages that need no installation. */
async function readPackages() {
  console.log('\nThe other packages');
  const appImage = path.join(packages, files.AppImage);
  await check('the AppImage runs where nothing can be mounted', async () => {
    // The names of the files that it unpacks may precede the version on its line.
    const { code, output } = await run('sh', ['-c', '"$0" --version | grep -q "$1$"', appImage, version], {
      environment: { ...process.env, APPIMAGE_EXTRACT_AND_RUN: '1' },
    });
    insist(code === 0, `It does not print its version. ${output}`);
  });
  await check('rpm reads the .rpm, which asks for libraries by their names', async () => {
    const rpm = path.join(packages, files.rpm);
    const { code, output } = await run('rpm', ['-qp', '--requires', '--nosignature', rpm]);
    insist(code === 0 && output.includes('libgtk-3.so.0()(64bit)'), output);
    const listed = await run('rpm', ['-qp', '--nosignature', rpm]);
    return listed.output;
  });
}

await readPackages();
const refused = await refusal();
if (refused) {
  outcomes.skipped++;
  console.log(`Nothing can be installed in a clean root here: ${refused}. The packages were only read.`);
} else {
  for (const suite of ['bookworm', 'trixie'].filter((each) => !process.argv[2] || process.argv[2] === each)) {
    await checkDebian(suite).catch((error) => {
      outcomes.failed++;
      console.log(`  FAILED ${suite}: ${error instanceof Error ? error.message : error}`);
    });
  }
}
writeFileSync(path.join(projectRoot, 'build', 'test', 'install.json'), JSON.stringify(outcomes));
process.exitCode = outcomes.failed > 0 ? 1 : 0;
