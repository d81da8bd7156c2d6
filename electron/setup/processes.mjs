// @ts-check
/**
 * Starts other programs, and ends them when this one is asked to end: nothing that set-up starts outlives it.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { watchGrowth } from './growth.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/** Children with a process group of their own, so that the processes they started end with them. */
const groupLeaders = new WeakSet();

const tailLength = 4000;

/**
 * @typedef {object} RunOptions
 * @property {string | undefined} [cwd]
 * @property {NodeJS.ProcessEnv} [environment] replaces the environment
 * @property {'capture' | 'inherit' | 'stderr'} [output] `stderr` sends standard output there too
 * @property {import('./growth.mjs').Growth} [growth] ends the program when it stops making progress
 * @property {boolean} [apart] whether it has a process group of its own, so that a terminal's Ctrl+C reaches it
 *   only through this program, and what it started ends with it; by default when its output is captured
 *
 * @typedef {object} Outcome
 * @property {number} code 127 when the program could not be started
 * @property {NodeJS.Signals | null} signal
 * @property {boolean} stalled whether it was ended because it made no progress
 * @property {string} output the end of what it printed, when captured
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(
  command,
  parameters,
  { cwd, environment, output = 'capture', growth, apart = output === 'capture' } = {},
) {
  return new Promise((resolve) => {
    const ownGroup = apart && process.platform !== 'win32';
    const child = spawn(command, parameters, {
      cwd,
      env: environment ?? process.env,
      stdio: stdioFor(output),
      detached: ownGroup,
    });
    children.add(child);
    if (ownGroup) groupLeaders.add(child);
    let tail = '';
    let stalled = false;
    for (const stream of output === 'capture' ? [child.stdout, child.stderr] : []) {
      stream?.on('data', (chunk) => (tail = (tail + chunk).slice(-tailLength)));
    }
    const stopWatching =
      growth &&
      watchGrowth(growth, () => {
        stalled = true;
        end(child);
      });
    const settle = (/** @type {number} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      stopWatching?.();
      children.delete(child);
      resolve({ code, signal, stalled, output: tail.trim() });
    };
    child.on('error', (error) => {
      tail += error.message;
      settle(127, null);
    });
    child.on('close', (code, signal) => settle(code ?? 1, signal));
  });
}

/**
 * Runs a program in the foreground. A signal that is sent to this program alone is forwarded once; a
 * terminal's Ctrl+C reaches the child by itself.
 * @param {string} command
 * @param {string[]} parameters
 * @param {Pick<RunOptions, 'cwd' | 'environment'>
 *   & { attend?: (child: import('node:child_process').ChildProcess) => void }} options
 *   cwd, environment: by default this program's; attend: takes the child's messages and its standard error
 * @returns {Promise<number>} its exit code, or 128 + the signal that ended it
 */
export function runForeground(command, parameters, { cwd, environment, attend }) {
  return new Promise((resolve) => {
    const stdio = attend
      ? /** @type {import('node:child_process').StdioOptions} */ (['inherit', 'inherit', 'pipe', 'ipc'])
      : 'inherit';
    const child = spawn(command, parameters, { cwd, env: environment ?? process.env, stdio });
    children.add(child);
    attend?.(child);
    let lastSent = 0;
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      const terminalDelivers = signal === 'SIGINT' && process.stdin.isTTY;
      if (terminalDelivers || Date.now() - lastSent < 500) return;
      lastSent = Date.now();
      child.kill(signal);
    };
    for (const signal of endingSignals) process.removeAllListeners(signal).on(signal, forward);
    child.on('error', () => resolve(127));
    // What it opened, such as a browser, may keep its standard error open long after its end.
    child.on('exit', (code, signal) =>
      setTimeout(() => {
        child.stderr?.destroy();
        resolve(code ?? 128 + (os.constants.signals[signal ?? 'SIGTERM'] ?? 0));
      }, DRAIN),
    );
  });
}

/** Milliseconds within which the last output of a program that has ended arrives. */
const DRAIN = 100;

/** @type {NodeJS.Signals[]} */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Ends all children, then this program, on a signal to end.
 * @param {() => void} [beforeExit]
 */
export function endChildrenOnSignals(beforeExit) {
  for (const signal of endingSignals) process.on(signal, endAll);
  beforeEnd = beforeExit;
  endWithNpm();
}

/** @type {(() => void) | undefined} */
let beforeEnd;

/** @param {NodeJS.Signals} signal */
function endAll(signal) {
  for (const child of children) end(child);
  beforeEnd?.();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

/**
 * From now on, the first signal to end only calls `askForEnd`; the next one ends all children and this
 * program. npm passes a signal on, so one that follows soon counts as the same.
 * @param {() => void} askForEnd
 */
export function endOnSecondSignal(askForEnd) {
  let asked = 0;
  /** @type {NodeJS.SignalsListener} */
  const obey = (signal) => {
    if (asked === 0) {
      asked = Date.now();
      askForEnd();
    } else if (Date.now() - asked > SAME_SIGNAL) {
      endAll(signal);
    }
  };
  for (const signal of endingSignals) process.removeAllListeners(signal).on(signal, obey);
}

/** Milliseconds within which a second signal counts as the first. */
const SAME_SIGNAL = 2000;

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  try {
    if (groupLeaders.has(child) && child.pid) process.kill(-child.pid, 'SIGTERM');
    else child.kill('SIGTERM');
  } catch {
    children.delete(child); // it had ended by itself
  }
}

/**
 * Takes a lost parent for a SIGTERM: npm passes a signal to a shell, which ends without telling its child.
 */
function endWithNpm() {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

/**
 * Starts a program that runs beside this one until `stop()`.
 * @param {string} command
 * @param {string[]} parameters
 * @param {import('node:child_process').StdioOptions} stdio
 */
export function startBeside(command, parameters, stdio) {
  // In a process group of its own, a terminal's Ctrl+C does not reach it; this program ends it.
  const child = spawn(command, parameters, { stdio, detached: process.platform !== 'win32' });
  children.add(child);
  child.on('close', () => children.delete(child));
  return { child, stop: () => child.kill('SIGTERM') };
}

/**
 * Says whether a program is on the PATH.
 * @param {string} command
 * @returns {boolean}
 */
export function hasCommand(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * @param {NonNullable<RunOptions['output']>} output
 * @returns {import('node:child_process').StdioOptions}
 */
function stdioFor(output) {
  if (output === 'inherit') return 'inherit';
  return output === 'stderr' ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'];
}
