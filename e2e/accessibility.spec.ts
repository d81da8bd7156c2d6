/**
 * Every view, light and dark, passes axe; with GAN_STUDIO_SCREENSHOTS set to a folder, each is also
 * photographed in two sizes.
 */
import { expect, test } from './fixtures.ts';
import { photograph, seriousProblems } from './looks.ts';
import { VIEWS, type StudioPage } from './studio-page.ts';

test('no view has a serious accessibility problem, before, during and after a run', async ({ studio }) => {
  await inspect(studio, 'before');
  await studio.shrinkRun();
  await studio.start();
  await studio.stepAbove(10);
  await inspect(studio, 'training');
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  await inspect(studio, 'stopped');
});

async function inspect(studio: StudioPage, when: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await studio.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const view of VIEWS) {
      await studio.open(view);
      expect.soft(await seriousProblems(studio), `${view}, ${colorScheme}, ${when}`).toEqual([]);
      await photograph(studio, `${when}-${view.toLowerCase().replace(' ', '-')}-${colorScheme}`);
    }
  }
}
