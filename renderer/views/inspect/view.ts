/** The view's entry in the table of views. */
import ScanSearch from '@lucide/svelte/icons/scan-search';
import type { View } from '../view.ts';
import InspectView from './InspectView.svelte';

export const inspect: View = {
  title: 'Inspect',
  icon: ScanSearch,
  component: InspectView,
  withoutRun: {
    title: 'Nothing to inspect yet',
    text: 'Here you see how the gradient travels from the discriminator (D) back to every pixel of a fake, and to every weight of the generator (G), as soon as a run is paused.',
  },
};
