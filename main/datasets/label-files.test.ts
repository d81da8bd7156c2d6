/** Classes from files of labels, written by other programs or by hand. */
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder, openTestFolder } from './test-folder.ts';

/** The summary of pictures a.png to d.png, and others, beside a file of labels. */
async function withLabels(
  file: string,
  text: string,
  pictures: readonly string[] = ['a.png', 'b.png', 'c.png', 'd.png'],
) {
  const folder = createTestFolder();
  for (const [shade, name] of pictures.entries()) folder.add(name, greyPng({ shade: shade * 9 }));
  folder.add(file, text);
  const dataset = await openTestFolder(folder);
  const classOf = Object.fromEntries(
    dataset.preview(0, 99).pictures.map((picture) => [picture.name, picture.class]),
  );
  return { ...dataset.summary, classOf };
}

const styleGan = (labels: unknown) => JSON.stringify({ labels });

test('StyleGAN’s dataset.json gives each picture its class, whatever its folder', async () => {
  const labels = [
    ['00000/a.png', 10],
    ['00000/b.png', 2],
    ['00001\\c.png', 10],
    ['./00001/d.png', 1],
  ];
  const { classes, classOf, classesFrom, leftOut, filesSeen } = await withLabels(
    'dataset.json',
    styleGan(labels),
    ['00000/a.png', '00000/b.png', '00001/c.png', '00001/d.png'],
  );
  expect(classes).toEqual([
    { name: '1', count: 1 },
    { name: '2', count: 1 },
    { name: '10', count: 2 },
  ]);
  expect(classOf).toEqual({
    '00000/a.png': '10',
    '00000/b.png': '2',
    '00001/c.png': '10',
    '00001/d.png': '1',
  });
  expect({ classesFrom, leftOut, filesSeen }).toEqual({
    classesFrom: 'dataset.json',
    leftOut: [],
    filesSeen: 4,
  });
});

test('pictures without a label are left out if others have one, each with its reason', async () => {
  const { count, leftOut } = await withLabels(
    'dataset.json',
    styleGan([
      ['a.png', 0],
      ['c.png', 1],
    ]),
  );
  expect(count).toBe(2);
  expect(leftOut).toEqual(
    ['b.png', 'd.png'].map((file) => ({
      file,
      reason: 'no-class',
      detail: 'dataset.json has no label for it.',
    })),
  );
});

test.each([
  ['no labels', styleGan(null), 'It says that the pictures have no labels.'],
  ['lists as labels', styleGan([['a.png', [0, 1]]]), 'Its labels are lists, which do not give one class.'],
  ['other things in it', '{"images": []}', 'It cannot be read as a table of labels.'],
  ['a damaged end', '{"labels": [["a.png", 0], ["b.p', 'It cannot be read as a table of labels.'],
  ['nothing in it', '', 'It cannot be read as a table of labels.'],
])(
  'dataset.json with %s gives no classes, every picture is used, and the reason is given',
  async (_, text, why) => {
    const { count, classes, classless } = await withLabels('dataset.json', text);
    expect([count, classes]).toEqual([4, []]);
    expect(classless).toEqual({
      message: `dataset.json gives no classes. ${why}`,
      remedy: 'Correct the file, or remove it to take the folders as classes.',
    });
  },
);

const CATS_AND_DOGS = { 'a.png': 'cat', 'b.png': 'dog', 'c.png': 'cat', 'd.png': 'dog' };

test.each([
  ['commas', 'file_name,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n'],
  ['a byte order mark', '\ufefffile_name,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog'],
  ['semicolons', 'file_name;label\na.png;cat\nb.png;dog\nc.png;cat\nd.png;dog\n'],
  [
    'semicolons between columns and commas in them',
    'file_name;size;label\na.png;0,5;cat\nb.png;1,5;dog\nc.png;2;cat\nd.png;3;dog\n',
  ],
  [
    'commas between columns and semicolons in them',
    'file_name,label,note\na.png,cat,one; two\nb.png,dog,x\nc.png,cat,y\nd.png,dog,z\n',
  ],
  ['tabs', 'File\tClass\na.png\tcat\nb.png\tdog\nc.png\tcat\nd.png\tdog\n'],
  [
    'line ends of Windows and empty lines',
    'image,category\r\na.png,cat\r\n\r\nb.png,dog\r\nc.png,cat\r\nd.png,dog\r\n',
  ],
  ['quotes and spaces', 'file_name, label\n"a.png", "cat"\nb.png , dog\nc.png,cat\nd.png,dog\n'],
])('metadata.csv with %s gives each picture its class', async (_, text) => {
  const { classOf, classesFrom, notes } = await withLabels('metadata.csv', text);
  expect(classOf).toEqual(CATS_AND_DOGS);
  expect([classesFrom, notes.filter(({ kind }) => kind === 'no-such-file')]).toEqual(['metadata.csv', []]);
});

test('missing pictures in metadata.csv are noted, and empty labels are none', async () => {
  const { classOf, notes, leftOut } = await withLabels(
    'metadata.csv',
    'file_name,label\na.png,cat\nb.png,dog\nc.png,\nghost.png,cat\n',
  );
  expect(classOf).toEqual({ 'a.png': 'cat', 'b.png': 'dog' });
  expect(notes.filter(({ kind }) => kind === 'no-such-file')).toEqual([
    {
      file: 'ghost.png',
      kind: 'no-such-file',
      detail: 'metadata.csv gives it a label, but there is no such picture.',
    },
  ]);
  expect(leftOut.map(({ file }) => file)).toEqual(['c.png', 'd.png']);
});

test('a label of a damaged picture is not reported as one of a missing picture', async () => {
  const folder = createTestFolder();
  for (const name of ['a.png', 'b.png']) folder.add(name, greyPng());
  folder.add('broken.png', 'no picture');
  folder.add('metadata.csv', 'file_name,label\na.png,cat\nb.png,dog\nbroken.png,cat\n');
  const { notes, leftOut } = (await openTestFolder(folder)).summary;
  expect(notes.filter(({ kind }) => kind === 'no-such-file')).toEqual([]);
  expect(leftOut).toMatchObject([{ file: 'broken.png', reason: 'not-an-image' }]);
});

test.each([
  [
    'labels',
    'file_name,colour\na.png,red\n',
    'It has no column of labels, such as label; it has file_name, colour.',
  ],
  [
    'file names',
    'name,label\na.png,cat\n',
    'It has no column of file names, such as file_name; it has name, label.',
  ],
])('for metadata.csv without a column of %s, the reason lists its columns', async (_, text, why) => {
  const { count, classless } = await withLabels('metadata.csv', text);
  expect(count).toBe(4);
  expect(classless?.message).toBe(`metadata.csv gives no classes. ${why}`);
});

test('metadata.csv with a row that is too long is damaged, and gives no classes', async () => {
  const { count, classless } = await withLabels(
    'metadata.csv',
    'file_name,label\na.png,cat,more\nb.png,dog\n',
  );
  expect(count).toBe(4);
  expect(classless?.message).toBe('metadata.csv gives no classes. It cannot be read as a table of labels.');
});

test('metadata.csv with a single label gives no classes', async () => {
  const { count, classless } = await withLabels(
    'metadata.csv',
    'file_name,label\na.png,cat\nb.png,cat\nc.png,cat\n',
  );
  expect(count).toBe(4);
  expect(classless?.message).toBe('Of the pictures that can be used, metadata.csv makes one class, cat.');
});

test('metadata.jsonl gives each picture its class, with a byte order mark, too', async () => {
  const text = Object.entries(CATS_AND_DOGS)
    .map(([file_name, label]) => JSON.stringify({ file_name, label }))
    .join('\n');
  for (const each of [text, `\ufeff${text}\n\n`]) {
    const { classOf, classesFrom } = await withLabels('metadata.jsonl', each);
    expect([classOf, classesFrom]).toEqual([CATS_AND_DOGS, 'metadata.jsonl']);
  }
  const { classless } = await withLabels('metadata.jsonl', `${text.slice(0, 60)}\n{`);
  expect(classless?.message).toMatch(/^metadata\.jsonl gives no classes\./);
});

test('files of labels in several folders each label the pictures beside them', async () => {
  const folder = createTestFolder();
  for (const name of ['train/a.png', 'train/b.png', 'test/a.png']) folder.add(name, greyPng());
  folder.add('train/metadata.csv', 'file_name,label\na.png,cat\nb.png,dog\n');
  folder.add('test/metadata.csv', 'file_name,label\na.png,dog\n');
  const { pictures } = (await openTestFolder(folder)).preview(0, 9);
  expect(pictures.map((each) => [each.name, each.class]).sort()).toEqual([
    ['test/a.png', 'dog'],
    ['train/a.png', 'cat'],
    ['train/b.png', 'dog'],
  ]);
});

test('a changed label takes effect at once, and nothing is decoded again', async () => {
  const folder = createTestFolder();
  for (const name of ['a.png', 'b.png', 'c.png']) folder.add(name, greyPng());
  folder.add('metadata.csv', 'file_name,label\na.png,cat\nb.png,dog\nc.png,cat\n');
  await openTestFolder(folder);
  folder.add('metadata.csv', 'file_name,label\na.png,cat\nb.png,dog\nc.png,owl\n');
  const stages = new Set<string>();
  const { summary } = await openTestFolder(folder, { onProgress: ({ stage }) => stages.add(stage) });
  expect(summary.classes.map(({ name }) => name)).toEqual(['cat', 'dog', 'owl']);
  expect([...stages]).toEqual(['scanning']);
});
