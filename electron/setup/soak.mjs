// @ts-check
/** Uses the packaged app for hours and watches its memory, handles and disk: e2e/soak.check.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { driveApp } from './drive-app.mjs';
import { numberFlags, seedFlag } from './number-flags.mjs';
import { endOnSecondSignal } from './processes.mjs';
import { say } from './report.mjs';

/**
 * @param {string[]} parameters `--hours N`, which may be a fraction, and `--seed N`
 * @returns {Promise<number>} the exit code: 1 when something went wrong
 */
export async function soak(parameters) {
  const wish = wishOf(parameters);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-soak-wish-'));
  const stop = path.join(folder, 'stop');
  endOnSecondSignal(() => {
    say('\nThe result follows when the current action is done. Press Ctrl+C again to end without it.');
    writeFileSync(stop, '');
  });
  try {
    return await driveApp('soak.check.ts', {
      environment: { GAN_STUDIO_SOAK: JSON.stringify({ ...wish, stop }) },
      reporter: 'list',
      apart: true,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @type {import('./number-flags.mjs').NumberFlag} */
const hoursFlag = {
  usual: 1,
  allows: (value) => value > 0 && value <= 1000,
  limits: 'a number above 0 and up to 1000',
};

/**
 * Throws SetupError `wrong-flag`.
 * @param {string[]} parameters
 * @returns {{ hours: number, seed: number }}
 */
export function wishOf(parameters) {
  return numberFlags(parameters, {
    flags: { hours: hoursFlag, seed: seedFlag },
    example: 'npm run -s check:soak -- --hours 0.5 --seed 7',
  });
}
