/** What the dataset tests share: folders that go away by themselves, PNGs written by hand, and the committed test images. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import type { Folders } from '../folders.ts';
import { openDataset, type Dataset, type OpenDatasetRequest } from './open-dataset.ts';

/** The committed images; see make.py beside them. */
export const TEST_IMAGES = fileURLToPath(new URL('../../assets/test-images', import.meta.url));

export type TestFolder = { images: string; folders: Folders; add(name: string | Buffer, bytes: Uint8Array | string): void };

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

/** Opens a test folder's images, small unless told otherwise, and closes them when the test ends. */
export async function openTestFolder(
  { images, folders }: TestFolder,
  { options, ...request }: Partial<Omit<OpenDatasetRequest, 'options'>> & { options?: Partial<DatasetOptions> } = {},
): Promise<Dataset> {
  const dataset = await openDataset({
    source: { kind: 'folder', path: images }, folders, ...request,
    options: { ...DEFAULT_DATASET_OPTIONS, size: 28, ...options },
  });
  onTestFinished(() => dataset.close());
  return dataset;
}

/** A grey PNG all of one shade. */
export function greyPng({ width = 8, height = width, shade = 128 }: { width?: number; height?: number; shade?: number } = {}): Buffer {
  const row = Buffer.alloc(1 + width, shade);
  row[0] = 0;
  return png({ width, height, bits: 8, rows: Buffer.concat(Array.from({ length: height }, () => row)) });
}

/** A black and white PNG of any size that takes few bytes. */
export function hugePng(side: number): Buffer {
  return png({ width: side, height: side, bits: 1, rows: Buffer.alloc((1 + Math.ceil(side / 8)) * side) });
}

function png({ width, height, bits, rows }: { width: number; height: number; bits: 1 | 8; rows: Buffer }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bits, 8); // colour type 0 (grey) and the rest are 0
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const checked = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const framed = Buffer.alloc(8 + checked.length);
  framed.writeUInt32BE(body.length, 0);
  checked.copy(framed, 4);
  framed.writeUInt32BE(checksum(checked), 4 + checked.length);
  return framed;
}

/** CRC-32; node:zlib has it from Node 22 on. */
function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
