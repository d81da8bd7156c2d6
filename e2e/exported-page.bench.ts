/**
 * The size of an exported page of 64 px pictures, the time until its first picture, and the pictures a second
 * of its walk, without a graphics card. Run by `npm run bench -- exported-page`.
 */
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { exportedPage, windowOf } from './exported-page.ts';
import { expect, test } from './fixtures.ts';

const WIDTHS = [16, 32, 64];
const ROUNDS = 5;
const WALK_MILLISECONDS = 4000;

test.setTimeout(600_000);

test('exported page', async ({ app, place, home, studio }) => {
  await expect(studio.page).toHaveTitle(/.+/);
  for (const width of WIDTHS) {
    const file = exportedPage(
      `${place}/${width}`,
      home,
      ...['--data', 'built-in:emoji', '--size', '64', '--gan', 'dcgan', '--gan-option', `width=${width}`],
    );
    const rounds: { first: number; persecond: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await windowOf(app);
      await page.goto(pathToFileURL(file).href);
      await expect(page.locator('html[data-ready]')).toBeAttached({ timeout: 60_000 });
      const first = await page.evaluate(() => performance.now());
      await page.evaluate(() => {
        const drawn = CanvasRenderingContext2D.prototype.putImageData;
        Object.assign(globalThis, { pictures: 0 });
        CanvasRenderingContext2D.prototype.putImageData = function (...given: unknown[]) {
          if (this.canvas.id === 'picture') (globalThis as unknown as { pictures: number }).pictures++;
          Reflect.apply(drawn, this, given);
        };
      });
      await page.getByRole('button', { name: 'Walk' }).click();
      const pictures = await page.evaluate(async (milliseconds) => {
        const counted = globalThis as unknown as { pictures: number };
        const before = counted.pictures;
        const begun = performance.now();
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return (1000 * (counted.pictures - before)) / (performance.now() - begun);
      }, WALK_MILLISECONDS);
      rounds.push({ first, persecond: pictures });
      await page.close();
    }
    const median = (values: number[]) => [...values].sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
    console.log(
      JSON.stringify({
        case: `exported-page 64 px, width ${width}`,
        megabytes: Number((fs.statSync(file).size / 1e6).toFixed(1)),
        millisecondsToFirst: Math.round(median(rounds.map(({ first }) => first))),
        picturesPerSecond: Math.round(median(rounds.map(({ persecond }) => persecond))),
        all: rounds.map(({ persecond }) => Math.round(persecond)),
      }),
    );
  }
});
