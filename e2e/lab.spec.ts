/**
 * The 2-D lab: it plays, its settings change while it plays, points are drawn, and keys alone do all of it.
 */
import { expect, test } from './fixtures.ts';
import { resize, looksRight } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';

test('the lab plays, takes turns one by one, and goes on when its settings change', async ({ studio }) => {
  const { page } = studio;
  const plane = page.getByTestId('lab-plane');
  await studio.open('2-D lab');
  await expect(plane).toHaveAttribute('data-step', '0');

  await test.step('Space plays and pauses; frames and steps per second are shown', async () => {
    const first = await pixelsIn(plane);
    await page.keyboard.press('Space');
    await stepAbove(studio, 20);
    await expect(page.getByTestId('lab-frames')).toHaveText(/^[1-9]/);
    await expect(page.getByTestId('lab-rate')).toHaveText(/^[1-9]/);
    expect(await pixelsIn(plane)).not.toBe(first);
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  });

  await test.step('D and G each take a turn of their own, and a sentence says which', async () => {
    const before = await stepAtRest(studio);
    await page.getByRole('button', { name: 'Step D', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(plane).toHaveAttribute('data-turn', 'discriminator');
    await expect(
      page.getByRole('status').getByText('it learns to tell real points from fakes'),
    ).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(plane).toHaveAttribute('data-turn', 'generator');
    expect(await stepOf(studio)).toBe(before + 2);
  });

  await test.step('a GAN that makes images cannot be chosen, and says why', async () => {
    await page.getByRole('combobox', { name: 'GAN', exact: true }).click();
    const option = (label: string) =>
      page.getByRole('option').filter({ has: page.getByText(label, { exact: true }) });
    await expect(option('BiGAN / ALI (with an encoder)')).toHaveAttribute('aria-disabled', 'true');
    await expect(option('BiGAN / ALI (with an encoder)')).toContainText(
      'this data set holds points of the plane',
    );
    await expect(option('Perceptron')).not.toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
  });

  await test.step('a layer is switched off', async () => {
    const before = await pixelsIn(plane);
    await page.getByRole('button', { name: 'Gradient at the fakes', exact: true }).press('Space');
    await expect.poll(() => pixelsIn(plane)).not.toBe(before);
    await expect(page.getByRole('button', { name: 'Gradient at the fakes', exact: true })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });

  await test.step('another loss applies while it plays, is marked on the curves, and steps count on', async () => {
    await studio.press('Play');
    const before = await stepOf(studio);
    await expect(page.getByText('D’s probability that a point is real')).toBeVisible();
    await studio.select('Loss', 'Hinge');
    await expect(page.getByText('D’s score: it is not a probability')).toBeVisible();
    await stepAbove(studio, before);
    await expect(page.getByTestId('chart-event').first()).toHaveText('Loss: Hinge');
  });

  await test.step('in a small window and zoomed in, the plane is whole and usable, and marks stay on their curves', async () => {
    for (const size of [
      { width: 900, height: 600 },
      { width: 1280, height: 800, zoom: 1.5 },
      { width: 1280, height: 800 },
    ]) {
      await resize(studio, size);
      const least = size.width === 1280 && !size.zoom ? 480 : 280;
      await expect.poll(async () => (await plane.boundingBox())?.width).toBeGreaterThanOrEqual(least);
      await expect(plane).toBeInViewport({ ratio: 0.99 });
      await expect.poll(() => marksOffTheirCurves(studio)).toBe(0);
    }
  });

  await test.step('a refusal is shown with its remedy, and the lab plays on', async () => {
    await studio.addStabiliser('Packing (PacGAN)');
    await expect(page.getByText('D judges 2 points together')).toBeVisible();
    await studio.set('Batch', 15);
    await expect(page.getByTestId('lab-refusal')).toContainText('A batch of 15 cannot be packed by 2.');
    await expect(
      page.getByTestId('lab-refusal').getByRole('button', { name: 'Use a batch of 14', exact: true }),
    ).toBeVisible();
    await stepAbove(studio, await stepOf(studio));
    await studio.press('Remove Packing (PacGAN)');
    await expect(page.getByTestId('lab-refusal')).toHaveCount(0);
    await expect(page.getByText('D’s score: it is not a probability')).toBeVisible();
  });

  await test.step('points that are drawn are trained on', async () => {
    await studio.select('Points', 'Draw your own');
    const text = page.getByRole('textbox', { name: 'One point per line: x, y' });
    const drawing = page.getByTestId('lab-drawing');
    await drawing.click({ position: { x: 30, y: 30 } });
    await expect(text).toHaveValue(/^(.+\n){3}.+$/);
    await drawing.focus();
    for (const key of ['ArrowLeft', 'Shift+ArrowDown', 'Enter']) await page.keyboard.press(key);
    await expect(text).toHaveValue(/^(.+\n){4}.+$/);
    await page.keyboard.press('Control+z');
    await expect(text).toHaveValue(/^(.+\n){3}.+$/);
    await stepAbove(studio, await stepOf(studio));
  });

  await test.step('no serious accessibility problem, light and dark', async () => {
    await looksRight(studio, 'lab-playing');
  });

  await test.step('it pauses when the view is left', async () => {
    await studio.open('Catalogue');
    await studio.open('2-D lab');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    expect(await stepOf(studio)).toBeGreaterThan(20);
  });
});

/** Steps since the restart, as the figures beside the plane have them. */
async function stepOf({ page }: StudioPage): Promise<number> {
  return Number((await page.getByTestId('lab-steps').innerText()).replaceAll(',', ''));
}

/** The same once it stands still: a frame that was asked for before the pause may still come. */
async function stepAtRest(studio: StudioPage): Promise<number> {
  let step = await stepOf(studio);
  await expect(async () => {
    const before = step;
    await studio.page.waitForTimeout(300);
    step = await stepOf(studio);
    expect(step).toBe(before);
  }).toPass();
  return step;
}

/** How many marks lie beside the chart that they belong to. */
function marksOffTheirCurves({ page }: StudioPage): Promise<number> {
  return page.getByTestId('chart-event').evaluateAll(
    (marks) =>
      marks.filter((mark) => {
        const chart = mark.parentElement?.querySelector('canvas')?.getBoundingClientRect();
        const { left } = mark.getBoundingClientRect();
        return !chart || left < chart.left || left > chart.right;
      }).length,
  );
}

async function stepAbove(studio: StudioPage, step: number): Promise<void> {
  await expect.poll(() => stepOf(studio), { message: `a step above ${step}` }).toBeGreaterThan(step);
}
