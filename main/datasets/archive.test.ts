/** Zip archives as data sets: which entries are taken, and which can do no harm. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';
import { ENCRYPTED, zipOf, type ZipEntry } from './test-zip.ts';

/** Puts an archive of these entries in the folder, and returns its path. */
function addZip({ images, add }: TestFolder, entries: readonly ZipEntry[] | Buffer): string {
  add('pictures.zip', Buffer.isBuffer(entries) ? entries : zipOf(entries as ZipEntry[]));
  return join(images, 'pictures.zip');
}

const open = (folder: TestFolder, ...paths: string[]) =>
  openTestFolder(folder, { source: { kind: 'files', paths } });

const shaded = (name: string, shade: number, method: ZipEntry['method'] = 'deflated'): ZipEntry => ({
  name,
  bytes: greyPng({ shade }),
  method,
});

test('the pictures of an archive are used, stored or deflated, and nothing else', async () => {
  const folder = createTestFolder();
  folder.add('beside.png', greyPng());
  const zip = addZip(folder, [
    shaded('b.png', 20, 'stored'),
    shaded('a.png', 10),
    shaded('deep/er/c.png', 30),
  ]);
  const dataset = await open(folder, zip);
  expect(dataset.summary).toMatchObject({ name: 'pictures', count: 3, filesSeen: 3, leftOut: [] });
  expect(dataset.summary.taken).toBe('Taken: the archive pictures, and nothing else.');
  const all = dataset.bytes([0, 1, 2]);
  expect([0, 1, 2].map((index) => all[(index * all.length) / 3])).toEqual([10, 20, 30]);
  expect(dataset.preview(0, 3).pictures.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'deep/er/c.png']);
});

test('what macOS adds to an archive, and hidden files, are skipped silently', async () => {
  const folder = createTestFolder();
  const zip = addZip(folder, [
    { name: 'photos/' },
    shaded('photos/a.png', 1),
    shaded('photos/b.png', 2),
    { name: 'photos/.DS_Store', bytes: 'x' },
    shaded('photos/.hidden.png', 3),
    { name: '__MACOSX/' },
    { name: '__MACOSX/photos/._a.png', bytes: 'x' },
    shaded('.git/c.png', 4),
  ]);
  const { files, leftOut, notes, hidden } = await scanFiles({ paths: [zip] });
  expect(files.map(({ path }) => showPath(path))).toEqual(['photos/a.png', 'photos/b.png']);
  expect([leftOut, notes, hidden]).toEqual([[], [], 1]);
});

test('an archive of 10,000 pictures is listed at once, and whole', async () => {
  const folder = createTestFolder();
  const bytes = greyPng();
  const zip = addZip(
    folder,
    Array.from({ length: 10_000 }, (_, index) => ({ name: `${index % 7}/${index}.png`, bytes })),
  );
  const { files } = await scanFiles({ paths: [zip] });
  expect(files).toHaveLength(10_000);
  expect(new Set(files.map(({ place }) => place.part?.offset)).size).toBe(10_000);
});

test.each<[what: string, entry: ZipEntry, reason: string, detail: string]>([
  [
    'that unpacks to a thousand times its size',
    { name: 'bomb.png', bytes: Buffer.alloc(5_000_000), method: 'deflated' },
    'archive',
    'which no picture does',
  ],
  ['with a name that leads up', shaded('../up.png', 1), 'archive', 'leads out of the archive'],
  ['with an absolute name', shaded('/etc/up.png', 1), 'archive', 'leads out of the archive'],
  ['with a drive in its name', shaded('C:/up.png', 1), 'archive', 'leads out of the archive'],
  ['with backslashes that lead up', shaded('a\\..\\..\\up.png', 1), 'archive', 'leads out of the archive'],
  ['with a password', { ...shaded('secret.png', 1), says: { flags: ENCRYPTED } }, 'archive', 'password'],
  [
    'packed in an unknown way',
    { ...shaded('lzma.png', 1), says: { method: 14 } },
    'archive',
    'It is compressed in a way that is not supported.',
  ],
  ['that is an archive', { name: 'inner.zip', bytes: zipOf([shaded('x.png', 1)]) }, 'archive', 'not opened'],
  [
    'whose size is smaller than it says',
    { ...shaded('lie.png', 1), says: { size: 90_000 } },
    'damaged',
    'damaged',
  ],
  [
    'whose size is larger than it says',
    { ...shaded('lie.png', 1), says: { size: 40 } },
    'damaged',
    'damaged',
  ],
  [
    'that says to be longer than the archive',
    { ...shaded('lie.png', 1), says: { stored: 1_000_000 } },
    'damaged',
    'damaged',
  ],
  ['that is empty', { name: 'empty.png' }, 'damaged', 'The file is empty.'],
])('an entry %s is left out with its reason, and the others are used', async (_, entry, reason, detail) => {
  const folder = createTestFolder();
  const zip = addZip(folder, [shaded('a.png', 1), entry, shaded('z.png', 2)]);
  const { summary } = await open(folder, zip);
  expect(summary.count).toBe(2);
  expect(summary.leftOut).toEqual([
    { file: String(entry.name).replaceAll('\\', '/'), reason, detail: expect.stringContaining(detail) },
  ]);
});

test('an archive that cannot be used is reported with a remedy, alone or among others', async () => {
  const folder = createTestFolder();
  const whole = zipOf([shaded('a.png', 1), shaded('b.png', 2)]);
  folder.add('there/a.png', greyPng());
  folder.add('there/b.png', greyPng());
  for (const bytes of [whole.subarray(0, whole.length - 30), Buffer.from('no archive'), Buffer.alloc(0)]) {
    const zip = addZip(folder, bytes);
    await expect(open(folder, zip)).rejects.toMatchObject({
      code: 'archive-unusable',
      message: `The archive ${zip} cannot be used. It is damaged, or not a zip archive.`,
      remedy: expect.stringContaining('Unpack it'),
    });
    const { summary } = await open(folder, zip, join(folder.images, 'there'));
    expect(summary.count).toBe(2);
    expect(summary.leftOut).toEqual([
      { file: zip, reason: 'archive', detail: expect.stringContaining('cannot be used') },
    ]);
  }
});

test('an archive whose list is damaged is reported', async () => {
  const folder = createTestFolder();
  const bytes = zipOf([shaded('a.png', 1), shaded('b.png', 2)]);
  bytes.fill(0xff, bytes.indexOf('PK\x01\x02', 0, 'latin1'), bytes.length - 22);
  await expect(open(folder, addZip(folder, bytes))).rejects.toMatchObject({ code: 'archive-unusable' });
});

test('a run anywhere in an archive is not data', async () => {
  const folder = createTestFolder();
  const run = (below: string): ZipEntry[] => [
    { name: `${below}config.json`, bytes: '{}' },
    { name: `${below}events.jsonl`, bytes: '' },
    shaded(`${below}samples/000.png`, 9),
  ];
  const zip = addZip(folder, [...run('runs/one/'), shaded('a.png', 1), shaded('b.png', 2)]);
  const { summary } = await open(folder, zip);
  expect(summary).toMatchObject({ count: 2, leftOut: [{ file: 'runs/one', reason: 'run' }] });
  await expect(open(folder, addZip(folder, run('')))).rejects.toMatchObject({
    code: 'no-images',
    message: 'the archive itself cannot be used. A run of GAN Studio: its sheets and files are not data.',
  });
});

test('the folders of an archive are classes, except a wrapper and an empty one, which is noted', async () => {
  const folder = createTestFolder();
  const zip = addZip(folder, [
    { name: 'set/' },
    { name: 'set/owls/' },
    ...['cats', 'dogs'].flatMap((name, index) => [
      { name: `set/${name}/` },
      shaded(`set/${name}/1.png`, index),
      shaded(`set/${name}/2.png`, index),
    ]),
  ]);
  const { summary } = await open(folder, zip);
  expect(summary.classes).toEqual([
    { name: 'cats', count: 2 },
    { name: 'dogs', count: 2 },
  ]);
  expect(summary.notes.filter(({ kind }) => kind === 'empty-class').map(({ file }) => file)).toEqual([
    'owls',
  ]);
});

test.each(['stored', 'deflated'] as const)(
  'a %s file of labels in an archive gives its classes',
  async (method) => {
    const folder = createTestFolder();
    const labels = [
      ['00000/a.png', 0],
      ['00000/b.png', 1],
      ['00000/c.png', 0],
    ];
    const zip = addZip(folder, [
      ...labels.map(([name], index) => shaded(String(name), index)),
      { name: 'dataset.json', bytes: JSON.stringify({ labels }), method },
    ]);
    const { summary } = await open(folder, zip);
    expect(summary).toMatchObject({ count: 3, classesFrom: 'dataset.json' });
    expect(summary.classes).toEqual([
      { name: '0', count: 2 },
      { name: '1', count: 1 },
    ]);
  },
);

test('an archive can be used together with folders', async () => {
  const folder = createTestFolder();
  const zip = addZip(folder, [shaded('x.png', 1)]);
  folder.add('cats/x.png', greyPng({ shade: 2 }));
  mkdirSync(join(folder.images, 'other'));
  writeFileSync(join(folder.images, 'other', 'pictures.zip'), zipOf([shaded('x.png', 3)]));
  const dataset = await open(
    folder,
    zip,
    join(folder.images, 'cats'),
    join(folder.images, 'other', 'pictures.zip'),
  );
  expect(dataset.preview(0, 9).pictures.map(({ name }) => name)).toEqual([
    'cats/x.png',
    'pictures/x.png',
    'pictures (2)/x.png',
  ]);
  expect(dataset.summary.classes.map(({ name }) => name)).toEqual(['cats', 'pictures', 'pictures (2)']);
});

test('an archive that lies in a dropped folder is not opened, but reported', async () => {
  const folder = createTestFolder();
  addZip(folder, [shaded('x.png', 1)]);
  folder.add('a.png', greyPng());
  folder.add('b.png', greyPng());
  const { summary } = await openTestFolder(folder);
  expect(summary.count).toBe(2);
  expect(summary.leftOut).toEqual([
    {
      file: 'pictures.zip',
      reason: 'archive',
      detail: 'An archive in a folder is not opened. Drop the archive itself.',
    },
  ]);
});

test('a picture of an archive that is decoded once comes from the cache, whatever else is added to it', async () => {
  const folder = createTestFolder();
  const zip = addZip(folder, [shaded('b.png', 1), shaded('c.png', 2)]);
  await open(folder, zip);
  addZip(folder, [shaded('a.png', 3), shaded('b.png', 1), shaded('c.png', 2)]);
  const dataset = await open(folder, zip);
  expect(dataset.count).toBe(3);
  const bytes = dataset.bytes([0, 1, 2]);
  expect([0, 1, 2].map((index) => bytes[(index * bytes.length) / 3])).toEqual([3, 1, 2]);
});
