/** The view's entry in the table of views. */
import Images from '@lucide/svelte/icons/images';
import type { View } from '../view.ts';
import DatasetView from './DatasetView.svelte';

export const dataset: View = { title: 'Data set', icon: Images, component: DatasetView };
