/** Opens a test folder and reports which of its files were decoded for it. */
import { basename } from 'node:path';
import type { DatasetOptions } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import type { PictureList } from './content.ts';
import type { PictureDataset } from './dataset.ts';
import { openTestFolder, type TestFolder } from './test-folder.ts';

export type Opening = { dataset: PictureDataset; decoded: string[] };

/** `decoded` are the names of files that were decoded, in order. */
export async function openWatching(
  folder: TestFolder,
  given: {
    options?: Partial<DatasetOptions>;
    like?: PictureList;
    leftOut?: readonly string[];
    paths?: string[];
    mostBytesInMemory?: number;
  } = {},
): Promise<Opening> {
  const { paths, ...request } = given;
  const decoded: string[] = [];
  const dataset = await openTestFolder(folder, {
    ...request,
    ...(paths && { source: { kind: 'files', paths } }),
    decoders: {
      ...testDecoders,
      prepare(asked) {
        decoded.push(basename(asked.path.toString()));
        return testDecoders.prepare(asked);
      },
    },
  });
  return { dataset, decoded: decoded.sort() };
}

/** The first value of each picture of the data set, in order: its shade, if it is a grey one. */
export function shadesIn(dataset: PictureDataset): number[] {
  const bytes = dataset.bytes(Array.from({ length: dataset.count }, (_, index) => index));
  return Array.from(
    { length: dataset.count },
    (_, index) => bytes[(index * bytes.length) / dataset.count] ?? -1,
  );
}
