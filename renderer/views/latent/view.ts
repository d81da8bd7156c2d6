/** The view's entry in the table of views. */
import Spline from '@lucide/svelte/icons/spline';
import type { View } from '../view.ts';
import LatentView from './LatentView.svelte';

export const latent: View = {
  title: 'Latent space',
  icon: Spline,
  component: LatentView,
  withoutRun: {
    title: 'No generator to explore yet',
    text: 'Start a run and watch its latent space change while it trains, or open an earlier one from Runs.',
  },
};
