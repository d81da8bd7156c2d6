// @ts-check
/** Attacks on the packaged app: hostile messages on its command channel, and hostile run folders. */
import { parseArgs } from 'node:util';
import { driveApp } from './drive-app.mjs';
import { SetupError } from './report.mjs';

/**
 * @param {'messages' | 'run-folders'} what
 * @param {string[]} parameters --count and --seed
 * @returns {Promise<number>} the exit code
 */
export async function attack(what, parameters) {
  const { count, seed } = flagsOf(parameters);
  return driveApp(`${what}.check.ts`, {
    environment: { GAN_STUDIO_CHECK_COUNT: count, GAN_STUDIO_CHECK_SEED: seed },
  });
}

/** @param {string[]} parameters */
function flagsOf(parameters) {
  const options = /** @type {const} */ ({
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  });
  const { count, seed } = parseArgs({ args: parameters, options }).values;
  if (/^[1-9]\d{0,8}$/.test(count) && /^\d{1,9}$/.test(seed)) return { count, seed };
  throw new SetupError({
    code: 'wrong-flag',
    facts: `The count was ${count} and the seed ${seed}; both are whole numbers.`,
    remedy: 'Write them as in: --count 600 --seed 1.',
  });
}
