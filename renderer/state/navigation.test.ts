/** The address names a view, and may name an anchor in it. */
import { expect, test } from 'vitest';
import { addressOf } from './navigation.svelte.ts';

test('an address is a view and an anchor in it; an empty one is the view that the window opens with', () => {
  expect(addressOf('#glossary/latent-point-z')).toEqual({ view: 'glossary', anchor: 'latent-point-z' });
  expect(addressOf('#train')).toEqual({ view: 'train', anchor: undefined });
  expect(addressOf('#train/')).toEqual({ view: 'train', anchor: undefined });
  expect(addressOf('')).toEqual({ view: 'dataset', anchor: undefined });
});
