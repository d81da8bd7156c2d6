/** The catalogue for reading: what a run can be made of, in groups, narrowed by a search. */
import type {
  Catalogue,
  CatalogueEntry,
  Explanation,
  PhaseEntry,
  Recommended,
} from '#main/contract/index.ts';

export type Part = 'gans' | 'losses' | 'stabilisers' | 'optimizers' | 'presets';

/** An entry of any part of the catalogue; which of the optional fields it has depends on its part. */
export type ReadEntry = Pick<CatalogueEntry, 'kind' | 'label' | 'summary'> & {
  part: Part;
  paper?: CatalogueEntry['paper'];
  options?: CatalogueEntry['options'];
  explanation?: Explanation;
  recommends?: Recommended;
  phases?: PhaseEntry[];
};
export type Group = { part: Part; title: string; text: string; entries: ReadEntry[] };

const PARTS = [
  {
    part: 'gans',
    title: 'GANs',
    text: 'The networks, most often a generator (G) and a discriminator (D), how a step updates them, and the settings that they are usually trained with.',
  },
  {
    part: 'losses',
    title: 'Losses',
    text: 'What the discriminator (D) and the generator (G) minimise, given D’s outputs for real pictures and for fakes.',
  },
  {
    part: 'stabilisers',
    title: 'Stabilisers',
    text: 'Penalties, augmentations and other additions that keep the training stable, in the order in which they are applied.',
  },
  {
    part: 'optimizers',
    title: 'Optimisers',
    text: 'How the weights of the networks follow the gradients.',
  },
  {
    part: 'presets',
    title: 'Presets',
    text: 'Settings for a purpose, chosen together.',
  },
] as const;

/**
 * The entries that contain each word of the query, in any case; groups without such an entry are left out.
 */
export function groupsOf(catalogue: Catalogue, query: string): Group[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return PARTS.map(({ part, title, text }) => ({
    part,
    title,
    text,
    entries: catalogue[part]
      .map((entry): ReadEntry => ({ ...entry, part }))
      .filter((entry) => words.every((word) => textOf(entry).includes(word))),
  })).filter(({ entries }) => entries.length > 0);
}

function textOf({ kind, label, summary, paper }: ReadEntry): string {
  return `${kind}\n${label}\n${summary}\n${paper?.title ?? ''}`.toLowerCase();
}
