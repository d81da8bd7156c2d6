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
    text: 'Start a run, or open an earlier one from Runs. A generator can be exported at any time, also while it trains.',
  },
};
