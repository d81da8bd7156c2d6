import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PRESETS } from '../catalogue/index.ts';
import { presetsCommand } from './presets.ts';

/** The folder of the pictures that the app shows. */
const SHIPPED = path.join(import.meta.dirname, '..', '..', 'assets', 'presets');
const MOST_BYTES = 20_000;

const madeIn = (folder: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'made.json'), 'utf8')) as Record<string, { step: number }>;
/** The bit depth in a PNG's header. */
const depthOf = (file: string): number => fs.readFileSync(file)[24]!;

test('every preset has a small picture that it made itself, with its seed and step', () => {
  const made = madeIn(SHIPPED);
  expect(Object.keys(made)).toEqual(PRESETS.map(({ kind }) => kind));
  for (const { kind } of PRESETS) {
    const file = path.join(SHIPPED, `${kind}.png`);
    expect(fs.statSync(file).size).toBeLessThan(MOST_BYTES);
    expect(depthOf(file)).toBeLessThanOrEqual(8);
  }
});

test('one preset alone is trained for as many steps as are asked for, or as its picture was made with', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-presets-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const written: string[] = [];
  const draw = (steps?: number) =>
    presetsCommand({ into: folder, only: 'classroom', ...(steps !== undefined && { steps }) }, (file) =>
      written.push(file),
    );
  await draw(3);
  const file = path.join(folder, 'classroom.png');
  const first = fs.readFileSync(file);
  expect(madeIn(folder)).toMatchObject({ classroom: { seed: 1, step: 3, size: 1 } });
  await draw();
  expect(fs.readFileSync(file)).toEqual(first);
  expect(written).toEqual([file, file]);
});

test('an unknown preset is refused by name', async () => {
  await expect(presetsCommand({ into: 'nowhere', only: 'nothing' }, () => undefined)).rejects.toMatchObject({
    code: 'unknown-preset',
  });
});
