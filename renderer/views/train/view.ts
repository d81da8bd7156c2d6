/** The view's entry in the table of views. */
import ChartLine from '@lucide/svelte/icons/chart-line';
import type { View } from '../view.ts';
import TrainView from './TrainView.svelte';

export const train: View = { title: 'Train', icon: ChartLine, component: TrainView };
