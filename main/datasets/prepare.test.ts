import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type LeftOut } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { canBeReadNow, prepareImages } from './prepare.ts';
import { scanFolder } from './scan.ts';
import { createTestFolder } from './test-folder.ts';

const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;

test('what changes between scanning and decoding is left out with its reason, and the rest goes on', async () => {
  const { images, add } = createTestFolder();
  for (const name of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png'])
    add(name, greyPng({ shade: 90 }));
  const scan = await scanFolder({ folder: images });
  rmSync(join(images, 'b.png'));
  rmSync(join(images, 'c.png'));
  execFileSync('mkfifo', [join(images, 'c.png')]);
  writeFileSync(join(images, 'd.png'), greyPng().subarray(0, 50));
  writeFileSync(join(images, 'e.png'), 'words');
  const written: Uint8Array[] = [];
  const prepared = await prepareImages({
    scan,
    options,
    decoders: testDecoders,
    write: async (pixels) => {
      written.push(pixels);
    },
  });
  expect(written).toHaveLength(2);
  expect(prepared).toMatchObject({ count: 2, formats: { PNG: 2 } });
  expect(prepared.leftOut.map(({ file, reason }) => [file, reason])).toEqual([
    ['b.png', 'unreadable'],
    ['c.png', 'not-an-image'],
    ['d.png', 'damaged'],
    ['e.png', 'not-an-image'],
  ]);
});

test('what is said of a picture names it', async () => {
  const { images, add } = createTestFolder();
  add('dark/one.png', greyPng({ shade: 3 }));
  const scan = await scanFolder({ folder: images });
  const { notes } = await prepareImages({
    scan,
    options,
    decoders: testDecoders,
    write: async () => undefined,
  });
  expect(notes).toEqual([
    { file: 'dark/one.png', kind: 'small-range', detail: 'One colour value all over (3 of 255).' },
  ]);
});

test('a file that could not be read and is a FIFO by now is looked at again, without waiting for its writer', async () => {
  const { images, add } = createTestFolder();
  add('a.png', greyPng());
  const scan = await scanFolder({ folder: images });
  const leftOut: LeftOut[] = [{ file: 'a.png', reason: 'unreadable', detail: '' }];
  rmSync(join(images, 'a.png'));
  execFileSync('mkfifo', [join(images, 'a.png')]);
  expect(await canBeReadNow(scan, leftOut)).toBe(true);
});
