// @ts-check
/** The configuration for every system fits electron-builder's own schema, and the files it names exist. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { describe, expect, test } from 'vitest';
import { configurationFor } from './electron-builder.mjs';
import { projectRoot } from './entries.mjs';

const log = new DebugLogger(false);
const certificate = { CSC_LINK: 'certificate.p12', CSC_KEY_PASSWORD: 'secret' };
const account = { APPLE_ID: 'someone', APPLE_APP_SPECIFIC_PASSWORD: 'secret', APPLE_TEAM_ID: 'TEAM' };

const cases = /** @type {const} */ ([
  ['linux', {}],
  ['darwin', {}],
  ['darwin', certificate],
  ['darwin', { ...certificate, ...account }],
  ['win32', {}],
  ['win32', { WIN_CSC_LINK: 'certificate.pfx', WIN_CSC_KEY_PASSWORD: 'secret' }],
]);

describe.each(cases)('the configuration of %s with %o', (platform, environment) => {
  const configuration = configurationFor(platform, environment);

  test('fits the schema', async () => {
    await expect(validateConfiguration(configuration, log)).resolves.toBeUndefined();
  });

  test('names files that exist', () => {
    const { mac, win, linux, files, extraResources } = configuration;
    const included = /** @type {string[]} */ (files).filter((each) => !/^(!|build\/)/.test(each));
    const named = [mac?.icon, mac?.entitlements, mac?.entitlementsInherit, win?.icon, linux?.icon];
    const beside = /** @type {{ from: string }[]} */ (extraResources).map(({ from }) => from);
    const missing = [...named, ...beside, ...included.flatMap(spelledOut)].filter(
      (name) => !name || !existsSync(path.join(projectRoot, name)),
    );
    expect(missing).toEqual([]);
  });
});

test('the schema refuses what it does not know', async () => {
  const configuration = configurationFor('darwin', {});
  const wrong = { ...configuration, mac: { ...configuration.mac, hardenedRuntme: true } };
  await expect(validateConfiguration(wrong, log)).rejects.toThrow(/configuration\.mac should be one of/);
});

test('a Mac’s app is hardened, and signed ad hoc unless the environment names a certificate', () => {
  expect(configurationFor('darwin', {})).toMatchObject({
    forceCodeSigning: false,
    mac: { hardenedRuntime: true, identity: '-', notarize: false },
  });
  const signed = configurationFor('darwin', { ...certificate, ...account });
  expect(signed).toMatchObject({ forceCodeSigning: true, mac: { hardenedRuntime: true, notarize: true } });
  expect(signed.mac).not.toHaveProperty('identity');
});

test('Windows installs for one person, which needs no administrator', () => {
  expect(configurationFor('win32', {}).nsis).toMatchObject({
    oneClick: true,
    perMachine: false,
    packElevateHelper: false,
  });
});

test('the app has exactly two entitlements', () => {
  const list = readFileSync(path.join(projectRoot, 'assets', 'macos', 'entitlements.plist'), 'utf8');
  expect([...list.matchAll(/<key>(.+)<\/key>\s*<true\/>/g)].map(([, key]) => key)).toEqual([
    'com.apple.security.cs.allow-jit',
    'com.apple.security.cs.disable-library-validation',
  ]);
});

/**
 * The names that a pattern with one pair of braces matches, up to its first star.
 * @param {string} pattern
 */
function spelledOut(pattern) {
  const [, before = pattern, choices = '', after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
  return choices
    .split(',')
    .map((choice) => before + choice + after)
    .map((name) => (name.includes('*') ? path.dirname(name.slice(0, name.indexOf('*') + 1)) : name));
}
