/** The view's entry in the table of views. */
import Box from '@lucide/svelte/icons/package';
import type { View } from '../view.ts';
import ExportView from './ExportView.svelte';

export const exporting: View = {
  title: 'Export',
  icon: Box,
  component: ExportView,
  withoutRun: {
    title: 'Nothing to export yet',
    text: 'Here you export the generator of a run in the format that you need, and save pictures that it makes, also while it trains. An earlier run can be opened from Runs.',
  },
};
