import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { canBeReadNow, prepareImages } from './prepare.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder } from './test-folder.ts';

const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;

test('files that change between scanning and decoding are left out with a reason, and the rest is used', async () => {
  const { images, add } = createTestFolder();
  for (const name of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png'])
    add(name, greyPng({ shade: 90 }));
  const { files } = await scanFiles({ paths: [images] });
  rmSync(join(images, 'b.png'));
  rmSync(join(images, 'c.png'));
  execFileSync('mkfifo', [join(images, 'c.png')]);
  writeFileSync(join(images, 'd.png'), greyPng().subarray(0, 50));
  writeFileSync(join(images, 'e.png'), 'words');
  const written: Uint8Array[] = [];
  const prepared = await prepareImages({
    files,
    options,
    decoders: testDecoders,
    write: async (pixels) => {
      written.push(pixels);
    },
  });
  expect(written).toHaveLength(2);
  expect(prepared.map((outcome) => ('reason' in outcome ? outcome.reason : outcome.format))).toEqual([
    'PNG',
    'unreadable',
    'not-an-image',
    'damaged',
    'not-an-image',
    'PNG',
  ]);
});

test('notes on a picture are in its outcome', async () => {
  const { images, add } = createTestFolder();
  add('dark/one.png', greyPng({ shade: 3 }));
  const { files } = await scanFiles({ paths: [images] });
  const [outcome] = await prepareImages({
    files,
    options,
    decoders: testDecoders,
    write: async () => undefined,
  });
  expect(outcome).toMatchObject({
    notes: [{ kind: 'small-range', detail: 'One colour value all over (3 of 255).' }],
  });
});

test('a file that was unreadable and now is a FIFO is tried again, without waiting for its writer', async () => {
  const { images, add } = createTestFolder();
  add('a.png', greyPng());
  const { files } = await scanFiles({ paths: [images] });
  rmSync(join(images, 'a.png'));
  execFileSync('mkfifo', [join(images, 'a.png')]);
  expect(await canBeReadNow(files, [{ reason: 'unreadable', detail: '' }])).toBe(true);
});
