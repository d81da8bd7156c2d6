/** The view's entry in the table of views. */
import BookOpen from '@lucide/svelte/icons/book-open';
import type { View } from '../view.ts';
import CatalogueView from './CatalogueView.svelte';

export const catalogue: View = {
  title: 'Catalogue',
  icon: BookOpen,
  runBar: false,
  component: CatalogueView,
};
