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
    text: 'Here you take the generator of a run away in the format of whoever uses it, and pictures that it makes, also while it trains. An earlier run can be opened from Runs.',
  },
};
