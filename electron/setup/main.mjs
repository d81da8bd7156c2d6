#!/usr/bin/env node
// @ts-check
/**
 * The entry of every npm script: sets up what is missing, then starts, tests or packages the app, or runs the
 * command line. This folder runs before anything is installed, and imports only Node’s own modules.
 */
import { releaseLocks } from './lock.mjs';
import { endChildrenOnSignals } from './processes.mjs';
import { SetupError, say } from './report.mjs';

const oldestNode = { major: 20, minor: 19 };

/**
 * What each command does; resolves to the exit code.
 * @type {Record<string, (parameters: string[]) => Promise<number>>}
 */
const commands = {
  'start': async (parameters) => (await import('./studio.mjs')).start(parameters),
  'cli': async (parameters) => (await import('./studio.mjs')).commandLine(parameters),
  'test': async (parameters) => (await import('./test.mjs')).test(parameters),
  'bench': async (parameters) => (await import('./bench.mjs')).bench(parameters),
  'check-soak': async (parameters) => (await import('./soak.mjs')).soak(parameters),
  'measure-code': async (parameters) => (await import('./studio.mjs')).measureCode(parameters),
  'package': async () => succeed((await import('./package.mjs')).packageApp()),
  'dist': async (parameters) => succeed((await import('./dist.mjs')).dist(parameters)),
  'check-messages': async (parameters) => (await import('./attack.mjs')).attackWithMessages(parameters),
  'check-run-folders': async (parameters) => (await import('./attack.mjs')).attackWithRunFolders(parameters),
  'check-install': async () => (await import('./check-install.mjs')).checkInstallAlone(),
  'build': async () => succeed((await import('./environment.mjs')).ensure({ build: true })),
  'setup': async () =>
    succeed(
      (await import('./environment.mjs')).ensure({
        electron: true,
        window: true,
        screen: true,
        build: true,
        retryUpstream: true,
      }),
      'Everything is set up. npm start opens the studio.',
    ),
};

/**
 * @param {Promise<void>} work
 * @param {string} [lastWords]
 */
async function succeed(work, lastWords) {
  await work;
  if (lastWords) say(lastWords);
  return 0;
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  throw new SetupError({
    code: 'node-version',
    facts: `This is Node ${process.versions.node}; GAN Studio needs Node ${oldestNode.major}.${oldestNode.minor} or newer.`,
    remedy: 'Install a newer Node, then run the same command again.',
  });
}

async function main() {
  const [name = '', ...parameters] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    throw new SetupError({
      code: 'unknown-command',
      facts: `There is no command "${name}".`,
      remedy: `Choose one of: ${Object.keys(commands).join(', ')}.`,
    });
  }
  refuseOldNode();
  endChildrenOnSignals(releaseLocks);
  return command(parameters);
}

try {
  process.exitCode = await main();
} catch (error) {
  say(`\n${describe(error)}`);
  process.exitCode = 1;
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof SetupError) return error.message;
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC') return `The disk is full (${message}).\nFree 2 GB, then run the same command again.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return `A file may not be written here (${message}).\nGive yourself the right to write there, then run the same command again.`;
  }
  return (
    `Set-up stopped: ${message}\nRun the same command again; with NODE_DEBUG set it prints where this happened.` +
    (process.env.NODE_DEBUG ? `\n${/** @type {Error} */ (error).stack}` : '')
  );
}
