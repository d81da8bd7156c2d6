/** The view's entry in the table of views. */
import History from '@lucide/svelte/icons/history';
import type { View } from '../view.ts';
import RunsView from './RunsView.svelte';

export const runs: View = { title: 'Runs', icon: History, component: RunsView };
