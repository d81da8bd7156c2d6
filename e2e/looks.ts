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

export async function photograph({ app, page }: StudioPage, name: string): Promise<void> {
  if (!pictures) return;
  for (const { width, height } of SIZES) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    await page.screenshot({ path: path.resolve(pictures, `${name}-${width}x${height}.png`) });
  }
}
