/** Folders that cannot be trained on: the app says why, and keeps the data set from before. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { copyEmoji, writeHugePng } from './image-folder.ts';

test('a folder without pictures is refused with the reason, and the data set from before is kept', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const empty = path.join(place, 'empty');
  fs.mkdirSync(empty);
  await studio.drop(empty);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There are no files in');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('is still ready');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');

  const words = path.join(place, 'words');
  fs.mkdirSync(words);
  for (const name of ['a.txt', 'b.md', 'c.pdf']) fs.writeFileSync(path.join(words, name), 'no picture');
  await studio.drop(words);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('None of the 3 files');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  await studio.open('Train');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
});

test('a picture too large for the memory is left out by its header', async ({ studio, place }) => {
  copyEmoji(place, 12);
  writeHugePng(path.join(place, 'wall.png'), 30_000);
  await studio.drop(place);
  await expect(studio.datasetCount).toHaveText('12 pictures');
  await studio.leftOut.getByText('Too large').click();
  await expect(studio.leftOut).toContainText('wall.png');
  await expect(studio.leftOut).toContainText('30000 × 30000');
});
