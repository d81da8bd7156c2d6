import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import { identifyFormat, unlikeAPicture } from './kinds.ts';
import { decodePicture } from './prepare-picture.ts';

const start = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(64)]);

test.each([
  ['\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'Canon CR3'],
  ['II*\0\x10\0\0\0CR\x02\0', 'Canon CR2'],
  ['IIRO\x08\0\0\0', 'Olympus ORF'],
  ['IIU\0\x18\0\0\0', 'Panasonic RW2'],
  ['FUJIFILMCCD-RAW 0201', 'Fujifilm RAF'],
  [
    '<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg">',
    'an SVG drawing',
  ],
  ['8BPS\0\x01', 'a Photoshop document'],
  ['\xff\x0a\xfa\x1f', 'a JPEG XL picture'],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  \r\n\x87\n', 'a JPEG 2000 picture'],
  ['%PDF-1.7', 'a PDF document'],
  ['P6\n64 64\n255\n', 'a Netpbm picture'],
])('a picture of an unsupported kind is named, with a remedy: %j', (text, kind) => {
  expect(identifyFormat(start(text))).toBeUndefined();
  expect(unlikeAPicture(start(text))).toMatchObject({
    reason: 'unsupported',
    message: expect.stringContaining(kind) as string,
  });
  expect(unlikeAPicture(start(text)).message).toMatch(/save it as/);
});

test.each(['', 'words', 'BM', 'RIFF\0\0\0\0WAVE', 'GIF', '<html><body><svg></svg>', 'Pictures of me'])(
  '%j is no picture',
  (text) => {
    expect(unlikeAPicture(start(text))).toMatchObject({ reason: 'not-an-image' });
  },
);

/** A little-endian TIFF with a directory and a subdirectory. */
function tiff({
  tags,
  below = [],
}: {
  tags: [number, number, number][];
  below?: [number, number, number][];
}): Buffer {
  const directory = (entries: [number, number, number][], at: number): Buffer => {
    const bytes = Buffer.alloc(6 + entries.length * 12);
    bytes.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, value], index) => {
      bytes.writeUInt16LE(tag, 2 + index * 12);
      bytes.writeUInt16LE(type, 4 + index * 12);
      bytes.writeUInt32LE(1, 6 + index * 12);
      bytes.writeUInt32LE(value === SUB_DIRECTORY ? at + bytes.length : value, 10 + index * 12);
    });
    return bytes;
  };
  const first = directory(tags, 8);
  return Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    first,
    directory(below, 0),
    Buffer.alloc(4096),
  ]);
}
const SUB_DIRECTORY = -1;
const PICTURE: [number, number, number][] = [
  [256, 4, 32],
  [257, 4, 32],
  [258, 3, 8],
  [259, 3, 1],
  [262, 3, 1],
  [273, 4, 200],
  [277, 3, 1],
  [278, 4, 32],
  [279, 4, 1024],
];

test.each([
  [
    'the sensor pattern of a directory below the thumbnail',
    tiff({ tags: [...PICTURE, [330, 4, SUB_DIRECTORY]], below: [[262, 3, 32803]] }),
    'a camera raw picture',
  ],
  ['a DNG', tiff({ tags: [...PICTURE, [50706, 1, 0x00000401]] }), 'DNG'],
])('the thumbnail of a camera’s raw file is not taken for its picture: %s', async (_, bytes, kind) => {
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;
  await expect(
    decodePicture({ format: 'TIFF', bytes, options, ask: async () => undefined }),
  ).rejects.toMatchObject({
    reason: 'unsupported',
    message: expect.stringMatching(new RegExp(`${kind}.*develop it`)) as string,
  });
});

test('the same thumbnail without raw data is a picture', async () => {
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;
  const { original } = await decodePicture({
    format: 'TIFF',
    bytes: tiff({ tags: PICTURE }),
    options,
    ask: async () => undefined,
  });
  expect(original).toEqual({ width: 32, height: 32 });
});
