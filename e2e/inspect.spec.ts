/**
 * The inspector on a run that was trained in the app: forwards and backwards, pixels, two losses, an update
 * on a copy, single steps.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Trace } from '#main/contract/index.ts';
import { expect, test } from './fixtures.ts';
import { looksRight } from './looks.ts';
import type { StudioPage } from './studio-page.ts';
import { written } from './written.ts';

const number = (text: string): number => Number(text.replaceAll('−', '-').replaceAll(',', ''));

test('a paused run is inspected, forwards and backwards, and goes on as if it had not been', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const slider = page.getByRole('slider', { name: 'Stop on the way' });
  const title = page.getByTestId('stop-title');
  await studio.shrinkRun();
  await studio.start();

  await test.step('it has to be paused first', async () => {
    await studio.open('Inspect');
    await studio.press('Pause and look inside');
    await expect(title).toHaveText('z', { timeout: 30_000 });
  });

  await test.step('the trace goes from z to the loss and back to the weights, by keyboard', async () => {
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(title).toHaveText('Start · fully connected');
    await page.keyboard.press('End');
    await expect(title).toHaveText('G is updated');
    await expect(page.getByTestId('trace-way')).toContainText('gradient of G’s loss');
    await expect(page.getByRole('rowheader', { name: 'Discriminator (D), on the fake' })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Output', exact: true })).toBeVisible();
    await looksRight(studio, 'inspect-trace-end');
    await page.keyboard.press('Home');
    await studio.press('Play in slow motion');
    await expect(title).not.toHaveText('z');
    await studio.press('Pause slow motion');
  });

  await test.step('the loss and its gradient are shown with their numbers', async () => {
    const stops = Number(await slider.getAttribute('max'));
    for (let at = 0; at <= stops && !(await title.innerText()).startsWith('Loss'); at++)
      await slider.fill(String(at));
    const loss = number(await page.getByTestId('trace-loss').innerText());
    expect(loss).toBeGreaterThan(0);
    await slider.press('ArrowRight');
    await expect(title).toHaveText('Gradient at D’s logit');
    expect(number(await page.getByTestId('gradient-fake').innerText())).toBeLessThan(0);
    await looksRight(studio, 'inspect-trace-gradient');
  });

  await test.step('in D’s turn no gradient reaches G', async () => {
    await studio.choose('Whose update', 'D’s update');
    await expect(page.getByText('G(z) generator, not updated')).toBeVisible();
    await slider.press('End');
    await expect(title).toHaveText('D is updated');
    await expect(page.getByText('no gradient reaches G')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: /^Generator/ })).toHaveCount(0);
    await studio.choose('Whose update', 'G’s update');
  });

  await test.step('the gradient at a pixel is what a measurement finds, and both can be saved', async () => {
    await studio.choose('Part of the inspector', 'Pixels');
    const map = page.getByRole('application', { name: /gradient at every pixel/ });
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('heading', { name: 'Column 1, row 1', exact: true })).toBeVisible();
    const { row, column } = await steepestPixel(studio);
    for (let step = 0; step < row; step++) await page.keyboard.press('ArrowDown');
    for (let step = 0; step < column; step++) await page.keyboard.press('ArrowRight');
    await expect(
      page.getByRole('heading', { name: `Column ${column + 1}, row ${row + 1}`, exact: true }),
    ).toBeVisible();
    const shown = number(await page.getByTestId('pixel-grey').innerText());
    await studio.press('Measure it');
    const measured = number(await page.getByTestId('measured').innerText());
    expect(Math.abs(measured - shown)).toBeLessThan(0.15 * Math.abs(shown) + 3e-4);
    expect(Number.parseFloat(await page.getByTestId('top-tenth').innerText())).toBeGreaterThan(10);
    await looksRight(studio, 'inspect-pixels');
    for (const [kind, head] of [
      ['picture', '\x89PNG'],
      ['table', 'row,column,channel,value\n0,0,0,'],
    ] as const) {
      const file = path.join(place, kind);
      await studio.answerFileDialog(file);
      await studio.press(`Save the pixels’ gradient as a ${kind}`);
      await written(file);
      expect(fs.readFileSync(file, 'latin1').startsWith(head)).toBe(true);
    }
  });

  await test.step('the two losses push the same image by p and by 1 − p', async () => {
    await studio.choose('Part of the inspector', 'Two losses');
    const pushes = {
      saturating: number(await page.getByTestId('push-saturating').innerText()),
      other: number(await page.getByTestId('push-non-saturating').innerText()),
    };
    const ratio = Number.parseFloat(await page.getByTestId('push-ratio').innerText());
    // To the precision that is shown: four decimals or digits; two decimals or three digits for the ratio.
    const rounding = (shown: number): number => (shown < 0.001 ? shown / 1000 : 0.00005);
    const [least, most] = [-1, 1].map(
      (way) =>
        (pushes.other + way * rounding(pushes.other)) /
        (pushes.saturating - way * rounding(pushes.saturating)),
    );
    const ofRatio = ratio < 100 ? 0.005 : ratio / 200;
    expect(ratio).toBeGreaterThanOrEqual(least! - ofRatio);
    expect(ratio).toBeLessThanOrEqual(most! + ofRatio);
    await looksRight(studio, 'inspect-losses');
  });

  await test.step('a turn of G lowers G’s loss and changes the image; a turn of D changes only its output', async () => {
    await studio.choose('Part of the inspector', 'One update');
    await expect(page.getByTestId('change')).not.toHaveText('none');
    await looksRight(studio, 'inspect-move');
    await studio.choose('Who is updated', 'Update D');
    await expect(page.getByTestId('change')).toHaveText('none');
    expect(await page.getByTestId('logit-before').innerText()).not.toBe(
      await page.getByTestId('logit-after').innerText(),
    );
  });

  await test.step('a step is taken, and the run goes on', async () => {
    const before = number((await page.getByTestId('inspected-step').innerText()).replace('after step ', ''));
    await studio.press('Take a step');
    await expect(page.getByTestId('inspected-step')).toHaveText(`after step ${before + 1}`);
    await expect(studio.status).toHaveText('Paused');
    await studio.press('Resume');
    await studio.open('Train');
    await studio.stepAbove(before + 2);
  });
});

test('of a GAN with an encoder, the encoder is inspected too, and D judges pairs', async ({ studio }) => {
  const { page } = studio;
  const title = page.getByTestId('stop-title');
  const slider = page.getByRole('slider', { name: 'Stop on the way' });
  await studio.shrinkRun();
  await studio.select('GAN', 'BiGAN / ALI (with an encoder)');
  await studio.set('Width', 8);
  await studio.set('Joint units', 32);
  await expect(page.getByText('D, G and E are all updated in every step.')).toBeVisible();
  await studio.start();
  await expect(page.getByRole('img', { name: /^Losses of D and of G and E over/ })).toBeVisible();
  await studio.open('Inspect');
  await studio.press('Pause and look inside');
  await expect(title).toHaveText('z', { timeout: 30_000 });

  await test.step('the turn of G and E goes forwards and back through G, E and D', async () => {
    await expect(page.getByRole('radio', { name: 'G and E’s update', exact: true })).toBeChecked();
    await stopAt(studio, 'Real picture, as E sees it');
    await expect(page.getByText('A real picture. E finds its code')).toBeVisible();
    await looksRight(studio, 'inspect-encoder');
    await slider.press('End');
    await expect(title).toHaveText('G and E are updated');
    for (const pass of [
      'Generator (G), from z',
      'Encoder (E), on the real picture',
      'Discriminator (D), on the real picture',
      'Discriminator (D), on the fake',
    ])
      await expect(page.getByRole('rowheader', { name: pass, exact: true })).toBeVisible();
    await expect(page.getByText('The optimiser moves the weights of G and E against it')).toBeVisible();
  });

  await test.step('in D’s turn D judges pairs, and what G and E made is data', async () => {
    await studio.choose('Whose update', 'D’s update');
    await expect(page.getByText('E(real) encoder, not updated')).toBeVisible();
    await expect(page.getByText('a, b = D(x, code), D(fake, z)')).toBeVisible();
    await slider.press('End');
    await expect(title).toHaveText('D is updated');
    await expect(page.getByRole('rowheader', { name: /^(Generator|Encoder)/ })).toHaveCount(0);
  });

  await test.step('they move together on a copy', async () => {
    await studio.choose('Part of the inspector', 'One update');
    await expect(page.getByText('G and E were updated on a copy of the run')).toBeVisible();
    await expect(page.getByRole('rowheader', { name: 'Encoder (E)', exact: true })).toBeVisible();
    await looksRight(studio, 'inspect-encoder-moves');
    await studio.choose('Who is updated', 'Update both');
    await expect(page.getByText('then G and E.')).toBeVisible();
    await expect(page.getByText('G and E’s loss on the batch')).toBeVisible();
  });
});

test('of a GAN whose D is an autoencoder, its rebuilding is shown, and its output is an energy', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.select('GAN', 'EBGAN (energy-based)');
  await studio.set('Width', 8);
  await studio.start();
  await studio.open('Inspect');
  await studio.press('Pause and look inside');
  await expect(page.getByTestId('stop-title')).toHaveText('z', { timeout: 30_000 });
  await stopAt(studio, 'Rebuilt picture · tanh');
  await expect(page.getByText('This is the picture as D rebuilds it')).toBeVisible();
  await expect(page.getByRole('img', { name: 'The picture', exact: true })).toBeVisible();
  await looksRight(studio, 'inspect-autoencoder');
  await stopAt(studio, 'Output · reconstruction error');
  await expect(page.getByText('an energy: the smaller, the more real')).toBeVisible();
  await stopAt(studio, 'Gradient at D’s energy');
  await expect(
    page
      .getByRole('term')
      .filter({ hasText: /^energy$/ })
      .first(),
  ).toBeVisible();
  await studio.choose('Part of the inspector', 'Two losses');
  await expect(page.getByRole('status').getByText('it is an energy')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await studio.choose('Part of the inspector', 'One update');
  await expect(page.getByText('D’s energy').first()).toBeVisible();
});

/** Goes to the first stop of this title. */
async function stopAt({ page }: StudioPage, wanted: string): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Stop on the way' });
  const title = page.getByTestId('stop-title');
  await slider.press('Home');
  const stops = Number(await slider.getAttribute('max'));
  for (let at = 0; at < stops && (await title.innerText()) !== wanted; at++) await slider.press('ArrowRight');
  await expect(title).toHaveText(wanted);
}

/**
 * The pixel of the first fake, which is grey, where the gradient of G's loss is largest, by the trace itself.
 */
async function steepestPixel(studio: StudioPage): Promise<{ row: number; column: number }> {
  return studio.page.evaluate(async () => {
    const answer = await window.studio.request({
      name: 'inspect.trace',
      input: { phase: 'generator', image: 0 },
    });
    if (!answer.ok) throw new Error(answer.failure.message);
    const { passes } = answer.output as Trace;
    const made = passes.find(({ on }) => on === 'z')!;
    const { shape, values } = made.layers.find(({ name }) => name === made.outputs['image'])!.gradient!;
    const largest = values.reduce(
      (best, value, index) => (Math.abs(value) > Math.abs(values[best]!) ? index : best),
      0,
    );
    return { row: Math.floor(largest / shape[1]!), column: largest % shape[1]! };
  });
}
