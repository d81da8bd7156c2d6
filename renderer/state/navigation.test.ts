/** The address names a view, and may name a place in it. */
import { expect, test } from 'vitest';
import { addressOf } from './navigation.svelte.ts';

test('an address is a view and a place in it; an empty one is the view that the window opens with', () => {
  expect(addressOf('#glossary/latent-point-z')).toEqual({ view: 'glossary', place: 'latent-point-z' });
  expect(addressOf('#train')).toEqual({ view: 'train', place: undefined });
  expect(addressOf('#train/')).toEqual({ view: 'train', place: undefined });
  expect(addressOf('')).toEqual({ view: 'dataset', place: undefined });
});
