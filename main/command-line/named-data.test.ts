/**
 * `train` takes exactly the data that is named, leaves out what is named, and escapes names for the terminal.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { zipOf } from '../datasets/test-zip.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { Run } from '../runs/index.ts';
import { commandPlace } from './test-commands.ts';

vi.mock('./default-decoders.ts', () => ({
  withDecoders: (use: (decoders: typeof testDecoders) => unknown) => use(testDecoders),
}));

test('a folder, an archive and a file are taken as they are named, and nothing beside them', async () => {
  const place = commandPlace();
  for (const [index, name] of ['cats/1.png', 'cats/2.png', 'beside.png', 'one.png'].entries())
    place.picture(name, 50 * index);
  fs.writeFileSync(place.at('more.zip'), zipOf([{ name: 'z.png', bytes: greyPng({ shade: 9, width: 28 }) }]));
  const { messages, failed } = await place.train(
    'run',
    ...['--data', place.at('cats'), '--data', place.at('more.zip'), '--data', place.at('one.png')],
    ...['--classes', 'ignored'],
  );
  expect(failed).toBe(false);
  expect(messages).toContain(
    'Taken: the folder cats and the archive more and the file one.png, and nothing else. 4 pictures.',
  );
  const { dataset } = Run.open(place.at('run')).config;
  expect(dataset.source).toEqual({
    kind: 'files',
    paths: [place.at('cats'), place.at('more.zip'), place.at('one.png')],
  });
  expect(dataset.content?.count).toBe(4);
});

test('a picture that is left out by its file is not trained on, nor are its copies', async () => {
  const place = commandPlace();
  for (const [index, name] of ['a.png', 'b.png', 'c.png'].entries())
    place.picture(`data/${name}`, 50 * index);
  place.picture('data/copy of b.png', 50);
  const { messages } = await place.train(
    'run',
    ...['--data', place.at('data'), '--leave-out', place.at('data/b.png')],
  );
  expect(messages).toContain(' 2 pictures.');
  expect(Run.open(place.at('run')).pictures()?.hashes).toHaveLength(2);
  const resumed = await place.run('resume', '--run', place.at('run'), '--steps', '3');
  expect(resumed.messages).toContain(' 2 pictures.');
  const missing = await place.train('other', '--data', place.at('data'), '--leave-out', place.at('gone.png'));
  expect(missing.messages).toBe(
    `${place.at('gone.png')} cannot be read: it is not there.\nName a picture of the data set.\n`,
  );
});

test.skipIf(process.platform === 'win32')(
  'names of files reach the terminal without control characters, and errors without codes of the system',
  async () => {
    const place = commandPlace();
    const evil = 'a\u001b[2J\nb\u202ec';
    place.picture(`${evil}/1.png`, 1);
    place.picture(`${evil}/2.png`, 200);
    fs.writeFileSync(place.at(`${evil}/${evil}.png`), 'no picture');
    fs.mkdirSync(place.at(`${evil}/folder.png/empty`), { recursive: true });
    fs.symlinkSync('nowhere', place.at(`${evil}/link ${evil}`));
    const said = [
      await place.train('run', '--data', place.at(evil)),
      await place.train('other', '--data', place.at(`${evil}/gone ${evil}`)),
      await place.train('other', '--data', path.join(place.at(`${evil}/1.png`), 'below')),
      await place.train('other', '--data', place.at(evil), '--leave-out', place.at(`${evil}/folder.png`)),
      await place.run('resume', '--run', place.at(`${evil}/1.png`)),
      await place.run('measure', '--run', place.at(`${evil}/gone`)),
    ];
    expect(said.map(({ failed }) => failed)).toEqual([false, true, true, true, true, true]);
    for (const { messages } of said) {
      expect(messages).toContain('a\\x1b[2J\\nb\\u202ec');
      expect(messages).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(messages).not.toMatch(/(?<![-\w])E[A-Z]{3,}\b/);
    }
    expect(said[0]?.messages.match(/Left out 2 files/)).not.toBeNull();
  },
);
