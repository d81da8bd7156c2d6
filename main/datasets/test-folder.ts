/**
 * What the tests of data sets share: folders that are removed automatically, and decoding without a process.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import type { Folders } from '../folders.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import type { PictureDataset } from './dataset.ts';
import { openPictures } from './open-dataset.ts';

type PicturesRequest = Parameters<typeof openPictures>[0];

export type TestFolder = {
  images: string;
  folders: Folders;
  add(name: string | Buffer, bytes: Uint8Array | string): void;
};

/** An empty folder of images with an empty cache beside it, removed when the test ends. */
export function createTestFolder(): TestFolder {
  const root = mkdtempSync(join(tmpdir(), 'gan-studio-datasets-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  const images = join(root, 'images');
  mkdirSync(images);
  return {
    images,
    folders: { cache: join(root, 'cache'), builtIn: join(root, 'built-in'), runs: join(root, 'runs') },
    add(name, bytes) {
      if (typeof name === 'string') mkdirSync(dirname(join(images, name)), { recursive: true });
      writeFileSync(Buffer.concat([Buffer.from(`${images}/`), Buffer.from(name)]), bytes);
    },
  };
}

/** Opens a test folder's images, small by default, and closes them when the test ends. */
export async function openTestFolder(
  { images, folders }: TestFolder,
  {
    options,
    ...request
  }: Partial<Omit<PicturesRequest, 'options'>> & { options?: Partial<DatasetOptions> } = {},
): Promise<PictureDataset> {
  const dataset = await openPictures({
    source: { kind: 'files', paths: [images] },
    folders,
    decoders: testDecoders,
    ...request,
    options: { ...DEFAULT_DATASET_OPTIONS, size: 28, ...options },
  });
  onTestFinished(() => dataset.close());
  return dataset;
}
