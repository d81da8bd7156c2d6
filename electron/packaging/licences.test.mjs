// @ts-check
/** The licences of what is installed here, as the build gathers them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gatherWorks, installedPackages } from './licences.mjs';

const works = gatherWorks();
const named = (/** @type {string} */ name) => works.find((work) => work.name === name);

test('every package that the app loads has a licence, and its whole text', () => {
  const packages = [...installedPackages()].map((folder) =>
    JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
  );
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@tensorflow/tfjs-node', '@napi-rs/image', 'wasm-vips', 'libheif-js']),
  );
  const listed = works.map(({ name, version }) => `${name} ${version}`);
  expect(
    packages.map(({ name, version }) => `${name} ${version}`).filter((each) => !listed.includes(each)),
  ).toEqual([]);
  for (const { name, licence, text } of works) {
    expect(licence, name).toMatch(/^[\w(]/);
    expect(text.length, name).toBeGreaterThan(400);
    expect(text, name).not.toMatch(/\(c\) (undefined|HOLDER)/);
  }
});

test('works that are no npm packages are listed with their licences too', () => {
  expect(works[0]).toMatchObject({ name: 'GAN Studio', licence: 'MIT' });
  expect(named('Electron')?.text).toContain('Electron contributors');
  expect(named('TensorFlow')).toMatchObject({
    licence: 'Apache-2.0',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  expect(named('TensorFlow')?.text).toContain('Apache License');
  expect(named('Digits (MNIST)')?.text).toContain('LeCun');
  expect(named('Emoji (Twemoji)')).toMatchObject({ licence: 'CC-BY-4.0' });
  expect(named('Emoji (Twemoji)')?.text).toContain('creativecommons.org/licenses/by/4.0');
});

test('a package without a licence file has the text of the licence that it names', () => {
  expect(named('@tensorflow/tfjs-core')?.text).toContain('Apache License');
  expect(named('seedrandom')?.text).toContain('Permission is hereby granted');
  expect(named('@napi-rs/image-linux-x64-gnu')?.text ?? 'Permission').toContain('Permission');
});
