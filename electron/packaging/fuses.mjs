// @ts-check
/**
 * Electron's fuses: switches inside the program that nothing on its command line or in its environment can turn back.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** @typedef {Record<string, boolean>} Fuses */

/** What a fuse that is on is in the program: the character 1. */
const ON = '1'.charCodeAt(0);

/** The app is no Node, obeys no debugger, and runs what it was packaged with alone. @type {Fuses} */
export const releaseFuses = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  OnlyLoadAppFromAsar: true,
};

/** Playwright steers the app through Node's debugger; all else is as in the release. @type {Fuses} */
export const testFuses = { ...releaseFuses, EnableNodeCliInspectArguments: true };

/**
 * Sets the fuses of a program, or of an app of macOS.
 * @param {string} file
 * @param {Fuses} fuses
 */
export async function setFuses(file, fuses) {
  const options = Object.entries(fuses).map(([name, on]) => [FuseV1Options[optionOf(name)], on]);
  await flipFuses(file, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: process.platform === 'darwin',
    ...Object.fromEntries(options),
  });
}

/**
 * Reads the fuses that matter here.
 * @param {string} file
 * @returns {Promise<Fuses>}
 */
export async function readFuses(file) {
  const wire = await getCurrentFuseWire(file);
  return Object.fromEntries(
    Object.keys(releaseFuses).map((name) => [name, Number(wire[FuseV1Options[optionOf(name)]]) === ON]),
  );
}

/**
 * @param {string} name
 * @returns {keyof typeof FuseV1Options}
 */
function optionOf(name) {
  return /** @type {keyof typeof FuseV1Options} */ (name);
}
