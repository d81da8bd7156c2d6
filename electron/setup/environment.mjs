// @ts-check
/**
 * Brings the parts together: what each command needs, checked cheaply first, and set up under one lock when
 * missing.
 */
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
 * @property {boolean} [window] what it takes to open a window
 * @property {boolean} [screen] a screen without a monitor
 * @property {boolean} [build]
 * @property {boolean} [node] the Node that an installed command line runs in
 * @property {boolean} [retryUpstream]
 */

/**
 * Sets up what is missing: npm packages, libtensorflow and the network of metrics always, the rest as wanted.
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
