/**
 * The precision of a run: chosen in the settings, shown with the run, and asked about where it does not pay.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { photographInBoth } from './looks.ts';

test('a run in bfloat16 says so, and where that is slow it goes on in float32 if the person wants that', async ({
  studio,
  home,
}) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.choose('Precision', 'bfloat16');
  await studio.start();
  await studio.stepAbove(4);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  await studio.press('Settings of this run');
  const settings = page.getByRole('dialog', { name: 'Settings of “Digits”' });
  await expect(settings).toContainText('bfloat16');
  await page.keyboard.press('Escape');

  await test.step('on a machine where it is slow, Resume asks', async () => {
    // The first time the precision is measured, and may or may not be asked about.
    await studio.press('Resume');
    const question = page.getByRole('alertdialog', { name: 'Go on in float32?' });
    await expect(question.or(studio.status.filter({ hasText: 'Training' }))).toBeVisible({ timeout: 60_000 });
    if (await question.isVisible()) await question.getByRole('button', { name: 'Cancel' }).click();
    else await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
    const file = path.join(home, 'cache', 'precisions.json');
    const keys = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
    fs.writeFileSync(
      file,
      JSON.stringify(Object.fromEntries(keys.map((key) => [key, { float32: 10, bfloat16: 20 }]))),
    );
    await studio.press('Resume');
    await expect(question).toContainText('a step takes 20 ms against 10 ms');
    await photographInBoth(studio, 'precision-question');
    await question.getByRole('button', { name: 'Go on in float32' }).click();
    await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
    await studio.press('Settings of this run');
    await expect(settings).toContainText('float32');
  });
});
