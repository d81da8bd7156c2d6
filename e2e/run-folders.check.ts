/** Hostile run folders by the hundred: `npm run -s check:run-folders -- --count 120`. */
import { someKinds } from '../main/runs/test-hostile-kinds.ts';
import { tryRunFolders } from './attack/run-folders.ts';
import { expect, test } from './fixtures.ts';

const count = Number(process.env['GAN_STUDIO_CHECK_COUNT'] ?? 20);

test('hostile run folders', async ({ studio, home, place }) => {
  test.setTimeout(0);
  const onProgress = (done: number) => {
    if (done % 20 === 0) process.stderr.write(`${done} kinds\n`);
  };
  const tally = await tryRunFolders({ studio, home, place }, { kinds: someKinds(count), onProgress });
  console.log(JSON.stringify(tally));
  expect(tally.faults).toEqual([]);
});
