import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { encodeCommand } from './encode.ts';

vi.mock('./default-decoders.ts', () => ({
  withDecoders: (use: (decoders: typeof testDecoders) => unknown) => use(testDecoders),
}));

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-encode-'));
  for (const run of ['v5-bigan', 'v5-corrected'])
    fs.cpSync(path.join('main/runs/old-runs', run), path.join(folder, run), { recursive: true });
  for (const shade of [40, 200])
    fs.writeFileSync(path.join(folder, `${shade}.png`), greyPng({ width: 28, shade }));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const pictures = () => [40, 200].map((shade) => path.join(folder, `${shade}.png`));

test('every picture gets its own latent point, the same each time', async () => {
  const run = path.join(folder, 'v5-bigan');
  const [dark, light] = await encodeCommand({ run, pictures: pictures() });
  expect(dark!.picture).toBe(pictures()[0]);
  expect(dark!.point).toHaveLength(4);
  expect(dark!.point.every(Number.isFinite)).toBe(true);
  expect(dark!.point).not.toEqual(light!.point);
  expect(dark!.error).toBeGreaterThan(0);
  expect(await encodeCommand({ run, pictures: pictures().slice(0, 1) })).toEqual([dark]);
});

test('a run without an encoder says so, and a file that is no picture is named', async () => {
  await expect(
    encodeCommand({ run: path.join(folder, 'v5-corrected'), pictures: pictures() }),
  ).rejects.toMatchObject({ code: 'cannot', message: expect.stringContaining('dcgan') as string });
  const text = path.join(folder, 'text.png');
  fs.writeFileSync(text, 'no picture');
  await expect(encodeCommand({ run: path.join(folder, 'v5-bigan'), pictures: [text] })).rejects.toMatchObject(
    { code: 'picture-unusable', message: expect.stringContaining(text) as string },
  );
});
