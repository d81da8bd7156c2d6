// @ts-check
/** Provides what a command needs: checks cheaply first, and sets up what is missing under one lock. */
import path from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureElectron, readyElectron } from './electron.mjs';
import { ensureFeatures, featuresAreSettled } from './features.mjs';
import { ensureLibtensorflow, libtensorflowIsReady } from './libtensorflow.mjs';
import { withLock } from './lock.mjs';
import { ensureNodeRuntime } from './node-runtime.mjs';
import { ensureNpmPackages, npmPackagesAreInstalled } from './npm-packages.mjs';
import { cacheFolder } from './paths.mjs';
import { electronNeeds, ensureSystemPackages, screenNeeds } from './system-libraries.mjs';

/**
 * @typedef {object} Wanted
 * @property {boolean} [electron] the Electron binary
 * @property {boolean} [window] the system's libraries that a window needs
 * @property {boolean} [screen] a virtual screen
 * @property {boolean} [build] an up-to-date build of the app
 * @property {boolean} [node] the Node that an installed command line runs in
 * @property {boolean} [retryUpstream] what could not be downloaded before is tried again
 */

/**
 * Sets up what is missing: always npm packages, libtensorflow and the metrics' network; the rest as wanted.
 * @param {Wanted} wanted
 */
export async function ensure(wanted) {
  const needs = [...(wanted.window ? electronNeeds : []), ...(wanted.screen ? screenNeeds : [])];
  if (needs.length > 0) await ensureSystemPackages(needs);
  const complete =
    npmPackagesAreInstalled() &&
    libtensorflowIsReady() &&
    featuresAreSettled() &&
    (!wanted.electron || readyElectron());
  if (complete && !wanted.retryUpstream && !wanted.build) return;
  await withLock(path.join(cacheFolder(), 'setup.lock'), async () => {
    await ensureNpmPackages();
    await ensureLibtensorflow();
    await ensureFeatures({ retry: wanted.retryUpstream === true });
    if (wanted.electron) await ensureElectron({ retryUpstream: wanted.retryUpstream === true });
    if (wanted.build) await ensureBuild();
    if (wanted.node) await ensureNodeRuntime();
  });
}
