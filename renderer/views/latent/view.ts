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
    text: 'Here you walk between two points of the latent space and see what the generator makes of every point on the way. An earlier run can be opened from Runs.',
  },
};
