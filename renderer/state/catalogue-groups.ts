/** The catalogue as it is read: what a run can be made of, group by group, narrowed by a search. */
import type { Catalogue, ExplainedEntry, PhaseEntry, Recommended } from '#main/contract/index.ts';

export type Part = 'gans' | 'losses' | 'stabilisers';
export type ReadEntry = ExplainedEntry & { part: Part; recommends?: Recommended; phases?: PhaseEntry[] };
export type Group = { part: Part; title: string; text: string; entries: ReadEntry[] };

const PARTS = [
  {
    part: 'gans',
    title: 'GANs',
    text: 'The networks, the phases of a step, and the settings that they are usually trained with.',
  },
  {
    part: 'losses',
    title: 'Losses',
    text: 'What D and G minimise, given D’s verdicts on real images and on fakes.',
  },
  {
    part: 'stabilisers',
    title: 'Stabilisers',
    text: 'What is added to any GAN and any loss to keep the game going, in the order in which they take hold.',
  },
] as const;

/** The entries in which each word of the query occurs, in any case; groups without one are left out. */
export function groupsOf(catalogue: Catalogue, query: string): Group[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return PARTS.map(({ part, title, text }) => ({
    part,
    title,
    text,
    entries: catalogue[part]
      .map((entry) => ({ ...entry, part }))
      .filter((entry) => words.every((word) => textOf(entry).includes(word))),
  })).filter(({ entries }) => entries.length > 0);
}

function textOf({ kind, label, summary, paper }: ReadEntry): string {
  return `${kind}\n${label}\n${summary}\n${paper.title}`.toLowerCase();
}
