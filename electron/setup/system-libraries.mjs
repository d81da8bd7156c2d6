// @ts-check
/**
 * Finds which system packages are missing, and installs them on Debian and Ubuntu; on other systems it only
 * says what to install.
 */
import { hasCommand, run } from './processes.mjs';
import { SetupError, step } from './report.mjs';

/**
 * One need: a library known by its package names (the newer name first), or a program known by its command.
 * @typedef {{ packages: string[], command?: string }} Need
 */

/** What Electron's binary links to. @type {Need[]} */
export const electronNeeds = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libdrm2'],
].map((packages) => ({ packages }));

/** What stripping programs takes. @type {Need[]} */
export const stripNeeds = [{ packages: ['binutils'], command: 'strip' }];

/** What compiling the native addon takes. @type {Need[]} */
export const compileNeeds = [{ packages: ['g++'], command: 'g++' }, ...stripNeeds];

/**
 * What making and checking Linux packages takes, where electron-builder's own tools cannot be had.
 * @type {Need[]}
 */
export const packageNeeds = [
  { packages: ['dpkg'], command: 'dpkg-deb' },
  { packages: ['xz-utils'], command: 'xz' },
  { packages: ['rpm'], command: 'rpmbuild' },
  { packages: ['squashfs-tools'], command: 'mksquashfs' },
  { packages: ['appstream'], command: 'appstreamcli' },
  { packages: ['desktop-file-utils'], command: 'desktop-file-validate' },
];

/** What fetching a wheel takes. @type {Need[]} */
export const wheelNeeds = [
  { packages: ['python3'], command: 'python3' },
  { packages: ['python3-pip'], command: 'pip3' },
];

/** What setting up a clean Debian takes. @type {Need[]} */
export const cleanRootNeeds = [{ packages: ['debootstrap'], command: 'debootstrap' }];

/** What measuring a start with cold files takes. @type {Need[]} */
export const coldNeeds = [{ packages: ['vmtouch'], command: 'vmtouch' }];

/** A screen for the end-to-end tests. @type {Need[]} */
export const screenNeeds = [{ packages: ['xvfb'], command: 'Xvfb' }];

/**
 * Installs what is missing of some needs.
 * @param {Need[]} needs
 */
export async function ensureSystemPackages(needs) {
  if (process.platform !== 'linux') return;
  const onDebian = hasCommand('apt-get') && hasCommand('dpkg-query');
  const missing = await missingOf(needs, onDebian);
  if (missing.length === 0) return;
  const usual = missing.map(({ packages }) => packages.at(-1) ?? '');
  if (!onDebian) {
    throw new SetupError({
      code: 'system-packages',
      facts: `These programs are missing here: ${missing.map(({ command }) => command).join(', ')}.`,
      remedy: `Install them with this system’s package manager (on Debian the packages are called ${usual.join(' ')}).`,
    });
  }
  await installOnDebian(missing, await administratorCommand(usual));
}

/**
 * Only dpkg says whether a library is installed; without it, the loader names what Electron lacks when it
 * starts.
 * @param {Need[]} needs
 * @param {boolean} onDebian
 */
async function missingOf(needs, onDebian) {
  const installed = onDebian ? await installedPackages(needs.flatMap(({ packages }) => packages)) : new Set();
  return needs.filter(({ packages, command }) =>
    command ? !hasCommand(command) : onDebian && !packages.some((name) => installed.has(name)),
  );
}

/**
 * @param {string[]} names
 * @returns {Promise<Set<string>>}
 */
async function installedPackages(names) {
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const lines = output.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0] ?? ''));
}

/**
 * The command that goes before apt-get, so that it may install.
 * @param {string[]} packages
 * @returns {Promise<string[]>}
 */
async function administratorCommand(packages) {
  if (process.getuid?.() === 0) return [];
  if (hasCommand('sudo')) {
    if ((await run('sudo', ['-n', 'true'])).code === 0) return ['sudo', '-n'];
    if (process.stdin.isTTY) return ['sudo'];
  }
  throw new SetupError({
    code: 'system-packages',
    facts: `These system packages are missing: ${packages.join(' ')}. Installing them takes an administrator.`,
    remedy: `Run this, then the same command again:\n  sudo apt-get install -y ${packages.join(' ')}`,
  });
}

/**
 * @param {Need[]} missing
 * @param {string[]} administrator
 */
async function installOnDebian(missing, administrator) {
  const [command = 'env', ...first] = [...administrator, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const progress = step(
    `system packages ${missing.map(({ packages }) => packages.at(-1)).join(' ')}, from this system’s archive`,
  );
  const output = administrator.length === 1 ? 'inherit' : 'capture';
  const timer = output === 'capture' ? setInterval(() => progress.update('installing'), 1000) : undefined;
  const updated = await run(command, [...first, '-o', 'DPkg::Lock::Timeout=120', 'update'], { output });
  const names = await Promise.all(missing.map(({ packages }) => availableName(packages)));
  const outcome = await run(
    command,
    [...first, '-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...names],
    { output },
  );
  clearInterval(timer);
  if (outcome.code !== 0) {
    throw new SetupError({
      code: 'system-packages',
      facts:
        `apt-get could not install ${names.join(' ')} (exit code ${outcome.code}; its update ended with ` +
        `${updated.code}). Its last output:\n${outcome.output}`,
      remedy: `Fix what it names, then run: apt-get update && apt-get install -y ${names.join(' ')}`,
    });
  }
  progress.end('installed');
}

/**
 * The name in this release of the system: Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time.
 * @param {string[]} names
 */
async function availableName(names) {
  for (const name of names) {
    if (names.length === 1 || (await run('apt-cache', ['show', '--no-all-versions', name])).code === 0)
      return name;
  }
  return names.at(-1) ?? '';
}
