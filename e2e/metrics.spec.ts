/** Metrics of a run: charted while it trains, and shown with the run afterwards. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

test('set-up says how many pictures are held out, as the setting is typed', async ({ studio }) => {
  await studio.openSettings();
  const heldOut = studio.page.getByTestId('held-out');
  await expect(heldOut).toContainText('About 500 of 10,000 pictures are held out');
  await studio.set('Held-out pictures (share)', 0.02);
  await expect(heldOut).toContainText('About 200 of 10,000 pictures are held out');
  await studio.set('Held-out pictures (share)', 0);
  await expect(heldOut).toHaveText('No picture is held out for metrics: all are trained on.');
});

test('the distance to the data is charted in Train and listed in Runs', async ({ studio }) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.start();
  await studio.stepAbove(3);
  await studio.press('Pause');
  await expect(studio.status).toHaveText('Paused');
  const distance = page.getByTestId('metric-distance');
  await expect(distance).toHaveText(/^\d[\d.e+-]*$/);
  await expect(page.getByTestId('metric-chart-distance')).toBeVisible();
  await expect(page.getByText('lower is better')).toBeVisible();
  const measured = await distance.innerText();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  await studio.open('Runs');
  await studio.runs.first().click();
  await expect(studio.selectedRun.getByText('Distance to the data').first()).toBeVisible();
  await expect(studio.selectedRun.getByTestId('metric-distance')).toHaveText(measured);
});

test('the app contains the network of metrics with its licence, where set-up could get it', async ({
  app,
}) => {
  test.skip(!fs.existsSync('build/features'), 'set-up could not get it');
  const resources = await app.evaluate(() => process.resourcesPath);
  expect(fs.readdirSync(path.join(resources, 'features')).sort()).toEqual([
    'LICENSE.txt',
    'NOTICE.txt',
    'efficientnet-lite0.safetensors',
  ]);
});
