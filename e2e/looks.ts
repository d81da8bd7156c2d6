/**
 * How a view looks: what axe finds serious about it, and, with GAN_STUDIO_SCREENSHOTS set to a folder,
 * pictures of it in two sizes.
 */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from './fixtures.ts';
import type { StudioPage } from './studio-page.ts';

const SIZES = [
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
    await studio.page.screenshot({
      path: path.resolve(pictures, `${name}-${size.width}x${size.height}.png`),
    });
  }
}

/** Gives the window's content this size. */
export async function resize(
  { app, page }: StudioPage,
  size: { width: number; height: number },
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(size.width);
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
