// @ts-check
/** When npm packages count as installed. */
import { expect, test } from 'vitest';
import { packagesMatch } from './npm-packages.mjs';

const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-windows': { version: '2.0.0', optional: true },
};

test('packages for other systems may be absent', () => {
  expect(packagesMatch(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
});

test('another version, a missing package and a package too many all ask for npm ci', () => {
  expect(packagesMatch(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
  expect(packagesMatch(wanted, {})).toBe(false);
  expect(packagesMatch(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': {} })).toBe(false);
});
