// @ts-check
/** Attacks on the packaged app: hostile messages on its command channel, and hostile run folders. */
import { driveApp } from './drive-app.mjs';
import { numberFlags, seedFlag } from './number-flags.mjs';

const mostCount = 999_999_999;
/** @type {import('./number-flags.mjs').NumberFlag} */
const countFlag = {
  usual: 1000,
  allows: (value) => Number.isInteger(value) && value >= 1 && value <= mostCount,
  limits: `a whole number from 1 to ${mostCount}`,
};

/**
 * Sends `--count` hostile messages, drawn by `--seed`.
 * @param {string[]} parameters
 * @returns {Promise<number>} the exit code
 */
export function attackWithMessages(parameters) {
  const { count, seed } = numberFlags(parameters, {
    flags: { count: countFlag, seed: seedFlag },
    example: 'npm run -s check:messages -- --count 600 --seed 1',
  });
  return driveApp('messages.check.ts', {
    environment: { GAN_STUDIO_CHECK_COUNT: String(count), GAN_STUDIO_CHECK_SEED: String(seed) },
  });
}

/**
 * Opens at most `--count` kinds of hostile run folders.
 * @param {string[]} parameters
 * @returns {Promise<number>} the exit code
 */
export function attackWithRunFolders(parameters) {
  const { count } = numberFlags(parameters, {
    flags: { count: countFlag },
    example: 'npm run -s check:run-folders -- --count 120',
  });
  return driveApp('run-folders.check.ts', { environment: { GAN_STUDIO_CHECK_COUNT: String(count) } });
}
