/**
 * The exported page: opened from the disk in a window of its own, as a browser opens it, without a network.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { z } from 'zod';
import { exportedPage, windowOf } from './exported-page.ts';
import { expect, test } from './fixtures.ts';
import { seriousProblems } from './looks.ts';
import type { StudioPage } from './studio-page.ts';

const rows = z.object({ shape: z.array(z.number()), values: z.array(z.number()) });
const checkSchema = z.object({
  networks: z.array(
    z.object({ name: z.string(), inputs: z.record(z.string(), rows), outputs: z.record(z.string(), rows) }),
  ),
});

/** A window as of another browser, and its errors and console messages. */
async function opened(app: ElectronApplication, file: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await windowOf(app);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator('html[data-ready]')).toBeAttached({ timeout: 30_000 });
  return { page, complaints };
}

const picture = (page: Page) =>
  page.locator('#picture').evaluate((one: HTMLCanvasElement) => one.toDataURL());
const problems = (page: Page) => seriousProblems({ page } as StudioPage);

/** The largest difference between what the page computes and check.json. */
async function difference(page: Page, file: string): Promise<number> {
  const text = fs.readFileSync(path.join(path.dirname(file), 'check.json'), 'utf8');
  const { networks } = checkSchema.parse(JSON.parse(text));
  return page.evaluate(async (known) => {
    const { ganModel } = globalThis as unknown as {
      ganModel: { run(name: string, inputs: unknown): Promise<Record<string, { values: Float32Array }>> };
    };
    let largest = 0;
    for (const { name, inputs, outputs } of known) {
      const answers = await ganModel.run(name, inputs);
      for (const [output, { values }] of Object.entries(outputs))
        values.forEach((value, index) => {
          largest = Math.max(largest, Math.abs(value - (answers[output]?.values[index] ?? NaN)));
        });
    }
    return largest;
  }, networks);
}

test('the page of a GAN with classes works by mouse and keyboard', async ({ studio, app, place, home }) => {
  await expect(studio.page).toHaveTitle(/.+/);
  const file = exportedPage(
    place,
    home,
    '--data',
    'built-in:digits',
    '--gan',
    'conditional',
    '--gan-option',
    'width=4',
  );
  const { page, complaints } = await opened(app, file);
  expect(await page.locator('html').getAttribute('data-ready')).toBe('wasm');
  expect(await difference(page, file)).toBeLessThan(1e-4);

  let before = await picture(page);
  const changes = async () => {
    await expect.poll(() => picture(page)).not.toBe(before);
    before = await picture(page);
  };
  await page.getByRole('button', { name: 'New picture' }).focus();
  await page.keyboard.press('Enter');
  await changes();
  await page.getByRole('radio', { name: '7' }).focus();
  await page.keyboard.press('Space');
  await changes();
  await page.getByRole('slider', { name: 'z 1', exact: true }).focus();
  await page.keyboard.press('End');
  await changes();
  await expect(page.getByRole('img', { name: /started from seed \d+, class 7/ })).toBeVisible();
  await page.keyboard.press('Delete');
  await changes();
  await page.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await changes();
  await page.getByRole('button', { name: 'Reset' }).press('Enter');
  await changes();

  const box = await page.locator('#frame').boundingBox();
  if (!box) throw new Error('The picture is not shown on the page.');
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 260, box.y + 180, { steps: 4 });
  await page.mouse.up();
  await changes();
  await page.getByRole('button', { name: 'Picture of seed 3' }).click();
  await changes();
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('3');

  const walk = page.getByRole('button', { name: 'Walk' });
  await walk.press('Space');
  await changes();
  await changes();
  await expect(walk).toHaveAttribute('aria-pressed', 'true');
  await walk.press('Space');
  await expect(walk).toHaveAttribute('aria-pressed', 'false');

  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('slider', { name: 'z 100' })).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await problems(page), theme).toEqual([]);
    await page.getByRole('button', { name: 'Dark colours' }).click();
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(complaints).toEqual([]);
  await page.close();
});

test('the page saves its picture enlarged, and neither runs nor loads anything foreign', async ({
  studio,
  app,
  place,
  home,
}) => {
  await expect(studio.page).toHaveTitle(/.+/);
  const file = exportedPage(
    place,
    home,
    '--data',
    'built-in:emoji',
    '--size',
    '32',
    '--gan',
    'bigan',
    '--gan-option',
    'width=4',
  );
  const { page, complaints } = await opened(app, file);
  expect(await difference(page, file)).toBeLessThan(1e-4);

  const saved = path.join(place, 'saved.png');
  await app.evaluate(({ session }, target) => {
    session
      .fromPartition('another-browser')
      .once('will-download', (_event, item) => item.setSavePath(target));
  }, saved);
  await page.getByRole('combobox', { name: 'Size of the PNG' }).selectOption('8');
  await page.getByRole('button', { name: 'Save PNG' }).click();
  await expect.poll(() => fs.statSync(saved, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(100);
  const png = fs.readFileSync(saved);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([256, 256]);

  const before = await picture(page);
  await page.getByLabel('Choose a picture…').setInputFiles(saved);
  await expect(page.getByRole('img', { name: 'Your picture, rebuilt' })).toBeVisible();
  await expect.poll(() => picture(page)).not.toBe(before);
  expect(complaints).toEqual([]);

  const refused = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      seen.push(effectiveDirective),
    );
    document.body.append(
      Object.assign(document.createElement('script'), { textContent: 'globalThis.foreign = 1' }),
    );
    await fetch('https://example.org/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { seen, ran: 'foreign' in globalThis };
  });
  expect(refused).toEqual({ seen: ['script-src-elem', 'connect-src'], ran: false });
  await page.close();
});

test('the page of points of the plane draws them, and moves one', async ({ studio, app, place, home }) => {
  await expect(studio.page).toHaveTitle(/.+/);
  const file = exportedPage(
    place,
    home,
    '--data',
    'points:ring',
    '--gan',
    'mlp',
    '--gan-option',
    'width=8',
    '--steps',
    '60',
    '--averaging',
    '0',
  );
  const { page, complaints } = await opened(app, file);
  const before = await picture(page);
  await page.getByRole('application').press('Shift+ArrowRight');
  await expect.poll(() => picture(page)).not.toBe(before);
  await page.getByRole('button', { name: 'New points' }).click();
  await expect(page.getByRole('img', { name: /^Generated points of seed \d+$/ })).toBeVisible();
  expect(complaints).toEqual([]);
  await page.close();
});
