/** Explains why D does not see pictures as they are: a run may augment every picture before D sees it. */
import type { Choice } from '#main/contract/index.ts';

/** What each augmentation does, by kind of stabiliser; real and fake pictures are augmented alike. */
const SEEN: Record<string, (options: Choice['options']) => string> = {
  'diff-augment': (options) => {
    const parts = [
      ...(options['colour'] === false ? [] : ['changes its colours']),
      ...(options['translation'] === false ? [] : ['shifts it']),
      ...(options['cutout'] === false ? [] : ['cuts a grey square out of it']),
    ];
    return `This run augments every picture, real or fake, before D sees it: it ${new Intl.ListFormat('en-GB').format(parts)}.${
      options['cutout'] === false ? '' : ' A grey hole is that cut, not a fault of G.'
    }`;
  },
  'ada': () =>
    'This run augments some pictures, real and fake alike, before D sees them: they may be turned, shifted, scaled or recoloured. What looks odd here may come from that, and not from G.',
  'instance-noise': () =>
    'This run adds noise to every picture, real or fake, before D sees it. The grain comes from that, and not from G.',
};

/** A few sentences for a run with these stabilisers; empty if D sees the pictures as they are. */
export function augmentationWords(stabilisers: readonly Choice[]): string {
  return stabilisers
    .flatMap(({ kind, options }) => {
      const off =
        kind === 'diff-augment' && ['colour', 'translation', 'cutout'].every((key) => options[key] === false);
      const words = off ? undefined : SEEN[kind];
      return words ? [words(options)] : [];
    })
    .join(' ');
}
