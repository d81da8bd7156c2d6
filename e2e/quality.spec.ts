/**
 * The quality of a run: health in words with its evidence and what to try; the best checkpoint opened,
 * explored and exported; checkpoints kept and resumed from; and a measurement on request.
 */
import { expect, test } from './fixtures.ts';
import { looksRight, seriousProblems } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';
import { written } from './written.ts';

const CHECKPOINT_EVERY = 50;
/** More than the run makes, so that no checkpoint is pruned before it is stopped. */
const KEPT = 200;

test('a run shows its health, and its best checkpoint is opened, explored, exported and resumed from', async ({
  studio,
  place,
}) => {
  // It measures with every metric, which takes half a minute.
  test.setTimeout(300_000);
  const { page } = studio;
  const checkpoint = (step: number) => page.locator(`[data-testid="checkpoint"][data-step="${step}"]`);
  await studio.shrinkRun();
  await studio.set('Checkpoint every (steps)', CHECKPOINT_EVERY);
  await studio.set('Checkpoints kept', KEPT);
  await studio.start();

  await test.step('its health is shown while it trains', async () => {
    await expect(page.getByTestId('health')).toContainText(
      /Too early to say|Getting better|No better since|Hardly better/,
    );
    await studio.stepAbove(3 * CHECKPOINT_EVERY);
  });

  await test.step('the current weights’ samples are one click away', async () => {
    await studio.press('Pause');
    await expect(studio.status).toHaveText('Paused');
    await expect(
      page.getByTestId('metric-chart-distance').or(page.getByTestId('metric-chart-kid')),
    ).toBeVisible();
    await looksRight(studio, 'health-and-metrics');
    const averaged = await pixelsIn(studio.sampleGrid);
    await studio.choose('Weights that the samples are made with', 'Current weights');
    await expect(studio.sampleGrid).toHaveAttribute('data-weights', 'current');
    expect(await pixelsIn(studio.sampleGrid)).not.toBe(averaged);
    await studio.choose('Weights that the samples are made with', 'Average');
    await expect(studio.sampleGrid).toHaveAttribute('data-weights', 'average');
  });

  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const last = await studio.step();

  await test.step('an earlier checkpoint is opened, and the bar says so', async () => {
    await page.getByRole('button', { name: `Open step ${2 * CHECKPOINT_EVERY}`, exact: true }).click();
    await expect.poll(() => studio.step()).toBe(2 * CHECKPOINT_EVERY);
    await expect(page.getByTestId('run-checkpoint')).toHaveText(/^(the best|an earlier) checkpoint$/);
    await expect(studio.sampleGrid).toHaveAttribute('data-step', String(2 * CHECKPOINT_EVERY));
    await looksRight(studio, 'earlier-checkpoint');
  });

  await test.step('a checkpoint is kept, and then no longer', async () => {
    const name = `Keep step ${2 * CHECKPOINT_EVERY}`;
    await studio.press(name);
    await expect(checkpoint(2 * CHECKPOINT_EVERY)).toContainText('Kept');
    await studio.press(`${name} no longer`);
    await expect(checkpoint(2 * CHECKPOINT_EVERY)).not.toContainText('Kept');
  });

  await test.step('its quality can be measured, and measuring can be cancelled', async () => {
    await studio.press('Measure how good it is…');
    const dialog = page.getByRole('dialog', { name: 'How good “Digits” is' });
    await expect(dialog.getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
    expect.soft(await seriousProblems(studio), 'measuring').toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await studio.press('Measure how good it is…');
    const kid = dialog.getByRole('row', { name: /^KID × 1000/ });
    await expect(kid).toBeVisible({ timeout: 150_000 });
    const [samples = NaN, heldOut = NaN] = (await kid.getByRole('cell').allInnerTexts()).map((cell) =>
      parseFloat(cell.replace('−', '-').replaceAll(',', '')),
    );
    expect(samples).toBeGreaterThan(heldOut + 50);
    await expect(dialog.getByTestId('nearest-pictures').getByRole('listitem')).toHaveCount(16);
    await looksRight(studio, 'measured');
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the best is explored in the latent space and exported', async () => {
    await openTheBest(studio);
    const best = await studio.step();
    await studio.open('Latent space');
    await expect(studio.latentImage.locator('canvas')).toBeVisible();
    await studio.open('Export');
    expect(await studio.step()).toBe(best);
    await studio.exportTo(place, 'TensorFlow.js');
    const folder = await studio.exported.locator('code').innerText();
    expect(await written(`${folder}/generator.json`)).toBeGreaterThan(0);
  });

  await test.step('it is resumed from an earlier step, after a question about the later checkpoints', async () => {
    await studio.open('Train');
    await studio.press(`Resume from step ${CHECKPOINT_EVERY}…`);
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(
      `The ${(last - CHECKPOINT_EVERY).toLocaleString('en')} steps after it are given up`,
    );
    await looksRight(studio, 'resume-question');
    await question.getByRole('button', { name: `Resume from step ${CHECKPOINT_EVERY}`, exact: true }).click();
    await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
    await studio.stepAbove(CHECKPOINT_EVERY);
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
    await expect(checkpoint(last)).toBeHidden();
  });
});

test('an ill finding is shown in Train and in Runs, with a fix for the next run', async ({ studio }) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.set('Learning rate of G', 1);
  await studio.set('Learning rate of D', 1);
  await studio.set('Checkpoint every (steps)', CHECKPOINT_EVERY);
  await studio.start();
  const health = page.getByTestId('health');
  const ill = health.locator('details.ill').first();
  await expect(ill).toBeVisible({ timeout: 60_000 });
  await studio.press('Pause');
  await expect(studio.status).toHaveText('Paused');
  await expect(page.getByTestId('run-health')).toBeVisible();
  await ill.locator('summary').click();
  await expect(ill).toContainText('When this is said.');
  await expect(ill.locator('dd').first()).toContainText('at step');
  await looksRight(studio, 'ill');
  const fix = ill.getByRole('button', { name: /^Set the learning rate of [DG] to 0\.5$/ }).first();
  const network = /rate of ([DG])/.exec(await fix.innerText())?.[1];
  await fix.click();
  await expect(ill.getByRole('button', { name: 'In the next run' })).toBeVisible();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  await studio.open('Runs');
  await expect(page.getByTestId('row-health').first()).toBeVisible();
  await studio.openSettings();
  const changed = page.getByRole('spinbutton', { name: `Learning rate of ${network}`, exact: true });
  await expect(changed).toHaveValue('0.5');
});

/** Where the newest is the best, that is what is open. */
async function openTheBest({ page }: StudioPage): Promise<void> {
  const best = page.getByTestId('checkpoint').filter({ hasText: 'Best' });
  await expect(best).toBeVisible();
  const button = page.getByRole('button', { name: 'Open the best', exact: true });
  if (await button.isVisible()) await button.click();
  await expect(best).toContainText('Open');
}
