/**
 * Checks how a view looks: what axe finds serious about it and, with GAN_STUDIO_SCREENSHOTS set to a folder,
 * pictures of it in four windows.
 */
import fs from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import type { StudioPage } from './studio-page.ts';

type WindowSize = { width: number; height: number; zoom?: number };

const WINDOWS: readonly WindowSize[] = [
  { width: 1600, height: 1000 },
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
  { width: 1280, height: 800, zoom: 1.5 },
];
const SCHEMES = ['light', 'dark'] as const;
const pictures = process.env['GAN_STUDIO_SCREENSHOTS'];

/**
 * Serious and critical violations. Legacy mode, as axe would open a second page otherwise, which the app
 * refuses.
 */
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
  for (const size of WINDOWS) {
    await resize(studio, size);
    const suffix = size.zoom === undefined ? '' : `-at-${size.zoom * 100}`;
    const file = path.resolve(pictures, `${name}-${size.width}x${size.height}${suffix}.png`);
    fs.writeFileSync(file, Buffer.from(await capture(studio), 'base64'));
  }
  await resize(studio, { width: 1280, height: 800 });
}

/** The window as it is drawn, at any zoom, as a PNG in base64. */
async function capture({ app, page }: StudioPage): Promise<string> {
  await drawn(page);
  return app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return picture?.toPNG().toString('base64') ?? '';
  });
}

/** Photographs this state, light and dark. */
export async function photographInBoth(studio: StudioPage, name: string): Promise<void> {
  if (!pictures) return;
  for (const colorScheme of SCHEMES) {
    await useScheme(studio, colorScheme);
    await photograph(studio, `${name}-${colorScheme}`);
  }
  await studio.page.emulateMedia({ colorScheme: 'light' });
}

/** Sets the size of the window's content, in pixels of the screen, and its zoom. */
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

/** Shows the window light or dark. */
export async function useScheme({ page }: StudioPage, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  await drawn(page);
}

/** Waits for two frames, after which the last change is drawn and its transitions are over. */
function drawn(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Photographs this state and has axe look at it, light and dark. */
export async function looksRight(studio: StudioPage, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await useScheme(studio, colorScheme);
    expect.soft(await seriousProblems(studio), `${name}, ${colorScheme}`).toEqual([]);
    await photograph(studio, `${name}-${colorScheme}`);
  }
  await studio.page.emulateMedia({ colorScheme: 'light' });
}
