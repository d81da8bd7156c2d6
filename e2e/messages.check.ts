/** Hostile messages by the thousand: `npm run -s check:messages -- --count 30000`. */
import { attack } from './attack/messages.ts';
import { expect, test } from './fixtures.ts';

const count = Number(process.env['GAN_STUDIO_CHECK_COUNT'] ?? 1000);
const seed = Number(process.env['GAN_STUDIO_CHECK_SEED'] ?? 1);

test('hostile messages', async ({ studio, home, place }) => {
  test.setTimeout(0);
  let printed = 0;
  const onProgress = (done: number) => {
    if (done - printed < 1000) return;
    printed = done;
    process.stderr.write(`${done} of ${count} messages\n`);
  };
  const tally = await attack({ studio, home, place }, { count, seed, onProgress });
  console.log(JSON.stringify(tally));
  expect(tally.faults).toEqual([]);
});
