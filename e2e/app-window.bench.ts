/**
 * What the window costs: steps of a training in the app, with the window open, and of the bare engine, in
 * turns.
 * Run by `npm run bench -- app-window`.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { expect, launch, test } from './fixtures.ts';
import { fillFolder } from './image-folder.ts';
import { StudioPage } from './studio-page.ts';

const IMAGES = 500;
const ROUNDS = 9;
const ROUND_MILLISECONDS = 12_000;
/** The case of the engine benchmark with the same networks, batch and size. */
const CASE = 'dcgan64-w16-b64';

// Without the fixtures' app: Playwright's trace takes pictures all the time, and more processor time than
// training.
test('training with the window open', async ({ home, place }) => {
  test.setTimeout(600_000);
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  await studio.ready();
  const folder = path.join(place, 'images');
  fs.mkdirSync(folder);
  fillFolder(folder, IMAGES);
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText(`${IMAGES} pictures`);
  await studio.choose('Training size', '64');
  await expect(studio.page.getByText('as the network will see them, 64 × 64, colour')).toBeVisible();
  await studio.setUp();
  await studio.page.getByRole('radio', { name: /^All-round/ }).click();
  await studio.openSettings();
  await studio.set('Width', 16);
  await studio.set('Batch', 64);
  await studio.start();
  await studio.stepAbove(20);
  const rounds: { app: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const shown = await studio.page.evaluate(millisecondsPerStep, ROUND_MILLISECONDS);
    await studio.ask('run.pause', {});
    await expect(studio.status).toHaveText('Paused');
    rounds.push({ app: shown, bare: bareEngine() });
    await studio.ask('run.continue', {});
    await studio.stepAbove(await studio.step());
  }
  await app.close();
  expect(rounds.every(({ app, bare }) => app > 0 && bare > 0)).toBe(true);
  const median = (values: number[]) =>
    Number([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(3));
  const ratios = rounds.map(({ app, bare }) => bare / app);
  console.log(
    JSON.stringify({
      case: 'app-window',
      app: median(rounds.map(({ app }) => app)),
      bare: median(rounds.map(({ bare }) => bare)),
      ratio: median(ratios),
      range: [Math.min(...ratios), Math.max(...ratios)].map((ratio) => Number(ratio.toFixed(3))),
    }),
  );
});

/** Milliseconds a step, measured in the page by the losses that arrive. */
function millisecondsPerStep(duration: number): Promise<number> {
  return new Promise((resolve) => {
    let first: { step: number; at: number } | undefined;
    let last = { step: 0, at: 0 };
    const end = window.studio.subscribe((events) => {
      const step = Math.max(...events.flatMap((event) => (event.type === 'losses' ? [event.step] : [])));
      if (!Number.isFinite(step)) return;
      last = { step, at: performance.now() };
      first ??= last;
    });
    setTimeout(() => {
      end();
      resolve(first ? (last.at - first.at) / (last.step - first.step) : NaN);
    }, duration);
  });
}

/**
 * Milliseconds a step of the bare engine: the mean, as for the app, so that other work on the machine counts
 * in both.
 */
function bareEngine(): number {
  const lines = execFileSync(
    process.execPath,
    ['build/cli.cjs', 'bench', 'engine', '--no-peer', '--rounds', '1', '--case', CASE],
    { encoding: 'utf8' },
  );
  return z.object({ oursMean: z.number() }).parse(JSON.parse(lines.trim().split('\n').at(-1)!)).oursMean;
}
