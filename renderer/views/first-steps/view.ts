/** The view's entry in the table of views. */
import Sprout from '@lucide/svelte/icons/sprout';
import type { View } from '../view.ts';
import FirstStepsView from './FirstStepsView.svelte';

export const firstSteps: View = {
  title: 'First steps',
  icon: Sprout,
  runBar: false,
  group: 'menu',
  component: FirstStepsView,
};
