/** The view's entry in the table of views. */
import BookA from '@lucide/svelte/icons/book-a';
import type { View } from '../view.ts';
import GlossaryView from './GlossaryView.svelte';

export const glossary: View = {
  title: 'Glossary',
  icon: BookA,
  runBar: false,
  group: 'foot',
  component: GlossaryView,
};
