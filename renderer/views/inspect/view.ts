/** The view's entry in the table of views. */
import ScanSearch from '@lucide/svelte/icons/scan-search';
import type { View } from '../view.ts';
import InspectView from './InspectView.svelte';

export const inspect: View = {
  title: 'Inspect',
  icon: ScanSearch,
  component: InspectView,
  withoutRun: {
    title: 'Nothing to look into yet',
    text: 'Start a run, then pause it: here you see how D’s verdict reaches every pixel of a fake, and every weight of G.',
  },
};
