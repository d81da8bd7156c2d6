/**
 * Pictures that hang or break a decoder: the app names them and goes on, and can be cancelled and quit
 * meanwhile.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { environmentOf, expect, test } from './fixtures.ts';
import { copyEmoji } from './image-folder.ts';
import type { StudioPage } from './studio-page.ts';

/** Files that stop decoders: one flipped byte of an animation, and a TIFF whose edge tiles overhang. */
const AWKWARD = ['hang-1-byte.gif', 'tiled-separate-planes.tif'].map((name) =>
  path.resolve('assets/test-images', name),
);

test('a folder with pictures that hang or abort decoders, and a FIFO, opens, names them and trains', async ({
  studio,
  place,
}) => {
  copyEmoji(place, 12);
  for (const file of AWKWARD) fs.copyFileSync(file, path.join(place, path.basename(file)));
  execFileSync('mkfifo', [path.join(place, 'pipe.png')]);
  await studio.drop(place);
  await expect(studio.datasetCount).toHaveText('12 pictures');
  for (const group of ['Damaged', 'Not supported', 'Not a picture'])
    await studio.leftOut.getByText(group, { exact: true }).click();
  for (const fact of [
    'hang-1-byte.gif',
    'tiled-separate-planes.tif',
    'tiles of one channel each',
    'pipe.png',
    'Not a regular file.',
  ]) {
    await expect(studio.leftOut).toContainText(fact);
  }
  await studio.shrinkRun({ batch: 8 });
  await studio.start();
});

test('notes on pictures that are used are listed beside them', async ({ studio, place }) => {
  copyEmoji(place, 12);
  const animation = fs.readdirSync('assets/test-images').filter((name) => name.startsWith('animated'));
  for (const name of animation)
    fs.copyFileSync(path.join('assets/test-images', name), path.join(place, name));
  await studio.drop(place);
  await expect(studio.datasetCount).toHaveText('14 pictures');
  const notes = studio.page.getByTestId('notes-list');
  await notes.getByText('One picture of several', { exact: true }).click();
  await expect(notes).toContainText('An animation of 2 pictures; picture 1 is used.');
});

test('while a decoder hangs, cancelling answers within a second, and so does another data set', async ({
  studio,
  place,
  home,
}) => {
  copyEmoji(place, 1500);
  const decoders = await stopDecoders({ home, studio, place });
  const start = Date.now();
  await studio.press('Cancel');
  await expect(studio.page.getByTestId('dataset-progress')).toHaveCount(0, { timeout: 1000 });
  expect(Date.now() - start).toBeLessThan(1000);
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  await expect.poll(() => decoders.some(isAlive), { timeout: 5000 }).toBe(false);
});

test('while every decoder hangs, the app quits within three seconds and leaves none of them', async ({
  studio,
  app,
  place,
  home,
}) => {
  copyEmoji(place, 1500);
  const decoders = await stopDecoders({ home, studio, place });
  const start = Date.now();
  await app.close();
  expect(Date.now() - start).toBeLessThan(3000);
  expect(decoders.some(isAlive)).toBe(false);
});

test('a picture whose decoder hangs is left out when its time is up, and one whose decoder dies once is not', async ({
  studio,
  place,
  home,
}) => {
  test.setTimeout(90_000);
  copyEmoji(place, 3000);
  const [stopped, killed] = await decodersOf({ home, studio, place });
  process.kill(stopped!, 'SIGSTOP');
  if (killed !== undefined) process.kill(killed, 'SIGABRT');
  await expect(studio.datasetCount).toHaveText('2,999 pictures', { timeout: 60_000 });
  await studio.leftOut.getByText('Took too long to decode').click();
  await expect(studio.leftOut).toContainText('Decoding took longer than 20 s');
});

type Dropped = { home: string; studio: StudioPage; place: string };

/** Drops the folder, and returns the process ids of the decoders at work on it, as the app's log has them. */
async function decodersOf({ home, studio, place }: Dropped): Promise<number[]> {
  await studio.drop(place);
  const progress = studio.page.getByTestId('dataset-progress');
  await expect
    .poll(() => progress.innerText(), { intervals: [20], timeout: 20_000 })
    .toMatch(/Decoding: [1-9]/);
  return logged(home).filter(isAlive);
}

async function stopDecoders(dropped: Dropped): Promise<number[]> {
  const decoders = await decodersOf(dropped);
  for (const pid of decoders) process.kill(pid, 'SIGSTOP');
  return decoders;
}

function logged(home: string): number[] {
  const logs = path.join(environmentOf(home)['GAN_STUDIO_HOME'] ?? home, 'user-data', 'logs');
  const text = fs
    .readdirSync(logs)
    .map((name) => fs.readFileSync(path.join(logs, name), 'utf8'))
    .join('\n');
  return [...text.matchAll(/A decoder started, process (\d+)\./g)].map((found) => Number(found[1]));
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
