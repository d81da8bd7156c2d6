// @ts-check
import { expect, test } from 'vitest';
import { forgetEmptySecrets, signingInWords, signingOf } from './signing.mjs';

const nothing = { signed: false, notarized: false };

test('nothing is signed when the environment names no certificate, and the words say so', () => {
  expect(signingOf('darwin', {})).toEqual(nothing);
  expect(signingOf('win32', {})).toEqual(nothing);
  expect(signingInWords('darwin', {})).toBe('The app is not signed: CSC_LINK and CSC_NAME are not set.');
  expect(signingInWords('win32', {})).toBe('The app is not signed: WIN_CSC_LINK and CSC_LINK are not set.');
});

test('an empty secret counts as missing', () => {
  expect(signingOf('win32', { WIN_CSC_LINK: '', CSC_LINK: '' })).toEqual(nothing);
});

test('Linux packages are signed with nothing', () => {
  expect(signingOf('linux', { CSC_LINK: 'certificate.p12' })).toEqual(nothing);
  expect(signingInWords('linux', { CSC_LINK: 'certificate.p12' })).toBe('The packages are not signed.');
});

test('Windows takes its own certificate or the common one', () => {
  expect(signingOf('win32', { WIN_CSC_LINK: 'certificate.pfx' }).signed).toBe(true);
  expect(signingOf('win32', { CSC_LINK: 'certificate.pfx', APPLE_ID: 'someone' })).toEqual({
    signed: true,
    notarized: false,
  });
  expect(signingInWords('win32', { CSC_LINK: 'x' })).toBe('The app and its installer are signed.');
});

test('a Mac’s app is notarized when it is signed and an account is named', () => {
  const certificate = { CSC_LINK: 'certificate.p12' };
  expect(signingOf('darwin', certificate)).toEqual({ signed: true, notarized: false });
  expect(signingOf('darwin', { APPLE_ID: 'someone' })).toEqual(nothing);
  for (const account of ['APPLE_ID', 'APPLE_API_KEY', 'APPLE_KEYCHAIN_PROFILE']) {
    expect(signingOf('darwin', { ...certificate, [account]: 'x' }).notarized).toBe(true);
  }
  expect(signingInWords('darwin', certificate)).toContain('not notarized');
});

test('empty secrets are deleted, and nothing else is', () => {
  const environment = { CSC_LINK: '', WIN_CSC_KEY_PASSWORD: '', APPLE_ID: '', CSC_NAME: 'A name', OTHER: '' };
  forgetEmptySecrets(environment);
  expect(environment).toEqual({ CSC_NAME: 'A name', OTHER: '' });
});
