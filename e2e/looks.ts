/**
 * How a view looks: what axe finds serious about it, and, with GAN_STUDIO_SCREENSHOTS set to a folder,
 * pictures of it in four sizes.
 */
import fs from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from './fixtures.ts';
import type { StudioPage } from './studio-page.ts';

type WindowSize = { width: number; height: number; zoom?: number };

const SIZES: readonly WindowSize[] = [
  { width: 1600, height: 1000 },
  { width: 1280, height: 800, zoom: 1.5 },
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];
const pictures = process.env['GAN_STUDIO_SCREENSHOTS'];

/** The window cannot open a second page, which axe would like to use: legacy mode does without. */
export async function seriousProblems({ page }: StudioPage): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}

export async function photograph(studio: StudioPage, name: string): Promise<void> {
  if (!pictures) return;
  for (const size of SIZES) {
    await resize(studio, size);
    const png = await studio.app.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
    );
    const zoomed = size.zoom === undefined ? '' : `-at-${size.zoom}`;
    const file = `${name}-${size.width}x${size.height}${zoomed}.png`;
    fs.writeFileSync(path.resolve(pictures, file), Buffer.from(png ?? '', 'base64'));
  }
}

/** Gives the window's content this size, in pixels of the screen. */
export async function resize(
  { app, page }: StudioPage,
  { width, height, zoom = 1 }: WindowSize,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(to.width, to.height);
      window?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(Math.round(width / zoom));
}

/** Photographs this state and has axe look at it, light and dark. */
export async function looksRight(studio: StudioPage, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await studio.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(studio.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    expect.soft(await seriousProblems(studio), `${name}, ${colorScheme}`).toEqual([]);
    await photograph(studio, `${name}-${colorScheme}`);
  }
  await studio.page.emulateMedia({ colorScheme: 'light' });
}
