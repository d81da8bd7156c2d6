/** The view's entry in the table of views. */
import Settings from '@lucide/svelte/icons/settings';
import type { View } from '../view.ts';
import PreferencesView from './PreferencesView.svelte';

export const preferences: View = {
  title: 'Preferences',
  icon: Settings,
  runBar: false,
  group: 'foot',
  component: PreferencesView,
};
