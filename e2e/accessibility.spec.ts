/**
 * Every view, light and dark, passes axe; with GAN_STUDIO_SCREENSHOTS set to a folder, each is also
 * photographed in four windows.
 */
import { expect, test } from './fixtures.ts';
import { photograph, seriousProblems, useScheme } from './looks.ts';
import { VIEWS, type StudioPage, type View } from './studio-page.ts';

/** The views that look different during and after a run. */
const OF_A_RUN: readonly View[] = ['Train', 'Inspect', 'Latent space', 'Export', 'Runs'];

test('no view has a serious accessibility problem, before, during and after a run', async ({ studio }) => {
  await inspect(studio, { when: 'before', views: VIEWS, schemes: ['light', 'dark'] });
  await studio.shrinkRun();
  await studio.start();
  await studio.stepAbove(10);
  await inspect(studio, { when: 'training', views: OF_A_RUN, schemes: ['dark'] });
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  await studio.open('Train');
  await expect(studio.page.getByTestId('checkpoint').first()).toBeVisible();
  await inspect(studio, { when: 'stopped', views: OF_A_RUN, schemes: ['light', 'dark'] });
});

type Round = { when: string; views: readonly View[]; schemes: readonly ('light' | 'dark')[] };

async function inspect(studio: StudioPage, { when, views, schemes }: Round): Promise<void> {
  for (const colorScheme of schemes) {
    await useScheme(studio, colorScheme);
    for (const view of views) {
      await studio.open(view);
      expect.soft(await seriousProblems(studio), `${view}, ${colorScheme}, ${when}`).toEqual([]);
      await photograph(studio, `${when}-${view.toLowerCase().replace(' ', '-')}-${colorScheme}`);
    }
  }
}
