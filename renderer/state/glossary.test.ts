/** The glossary explains the terms of the field, and can be searched. */
import { expect, test } from 'vitest';
import { TERMS } from './glossary-terms.ts';
import { anchorOf, lettersOf } from './glossary.ts';

const found = (query: string) => lettersOf(query).flatMap(({ terms }) => terms.map(({ term }) => term));

test('terms are in alphabetical order, each once, by letter', () => {
  const names = TERMS.map(({ term }) => term);
  expect([...names].sort((a, b) => a.localeCompare(b, 'en-GB'))).toEqual(names);
  expect(new Set(names.map(anchorOf)).size).toBe(names.length);
  const letters = lettersOf('').map(({ letter }) => letter);
  expect(letters).toEqual([...new Set(letters)].sort());
  expect(found('')).toEqual(names);
});

test('what a newcomer meets is explained', () => {
  for (const word of [
    'Generator (G)',
    'Discriminator (D)',
    'Latent point (z)',
    'Latent space',
    'Loss',
    'Logit',
    'Score',
    'Gradient',
    'Batch',
    'Step',
    'Epoch',
    'Learning rate',
    'Optimiser',
    'Checkpoint',
    'Averaged weights (EMA)',
    'Stabiliser',
    'Gradient penalty',
    'Spectral normalisation',
    'Mode collapse',
    'Class',
    'Conditional GAN',
    'Encoder (E)',
    'Rebuilding',
    'Interpolation',
    'Sample',
    'Seed',
    'Fingerprint',
  ])
    expect(found('')).toContain(word);
});

test('every related term exists, and none is related to itself', () => {
  const names = new Set(TERMS.map(({ term }) => term));
  for (const { term, related } of TERMS) {
    expect(related.length, term).toBeGreaterThan(0);
    for (const other of related) expect(names.has(other) && other !== term, `${term}: ${other}`).toBe(true);
  }
});

test('each is one or two plain sentences', () => {
  for (const { term, text } of TERMS) {
    expect(text, term).toMatch(/^[A-Z][^'"]*\.$/);
    expect(text.split(/[.?!](?:\s|$)/).filter(Boolean).length, term).toBeLessThanOrEqual(2);
  }
});

test('a search finds terms by name and by meaning, in any case', () => {
  expect(found('EMA')).toEqual(['Averaged weights (EMA)']);
  expect(found('running average')).toEqual(['Averaged weights (EMA)']);
  expect(found('no such thing')).toEqual([]);
});

test('a term has an address', () => {
  expect(anchorOf('Averaged weights (EMA)')).toBe('averaged-weights-ema');
  expect(anchorOf('Loss')).toBe('loss');
});
