// @ts-check
/**
 * Sets and reads Electron's fuses: switches inside the program, which its command line and environment cannot
 * change. https://www.electronjs.org/docs/latest/tutorial/fuses
 */
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** @typedef {Record<string, boolean>} Fuses */

/** The byte of a fuse that is on: the character 1. */
const ON = '1'.charCodeAt(0);

/**
 * The app cannot run as Node, accepts no debugger, and loads only the archive it was packaged with.
 * @type {Fuses}
 */
export const releaseFuses = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  OnlyLoadAppFromAsar: true,
};

/** Those of the release, except that Playwright drives the app through Node's debugger. @type {Fuses} */
export const testFuses = { ...releaseFuses, EnableNodeCliInspectArguments: true };

/**
 * Sets the fuses of a program or of a macOS app.
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
 * Reads the fuses that `releaseFuses` names.
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
