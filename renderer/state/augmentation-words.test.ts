/** What an augmentation does to the pictures that D sees is explained. */
import { expect, test } from 'vitest';
import { augmentationWords } from './augmentation-words.ts';

test('a cut-out is explained if the augmentation makes one', () => {
  const words = (options: Record<string, unknown>) => augmentationWords([{ kind: 'diff-augment', options }]);
  expect(words({})).toBe(
    'This run augments every picture, real or fake, before D sees it: it changes its colours, shifts it and cuts a grey square out of it. A grey hole is that cut, not a fault of G.',
  );
  expect(words({ cutout: false, colour: false })).toBe(
    'This run augments every picture, real or fake, before D sees it: it shifts it.',
  );
  expect(words({ cutout: false, colour: false, translation: false })).toBe('');
});

test('other augmentations are named too, and a run without any says nothing', () => {
  expect(augmentationWords([])).toBe('');
  expect(augmentationWords([{ kind: 'r1', options: {} }])).toBe('');
  expect(
    augmentationWords([
      { kind: 'ada', options: {} },
      { kind: 'instance-noise', options: {} },
    ]),
  ).toMatch(/^This run augments some pictures.*This run adds noise to every picture/);
});
