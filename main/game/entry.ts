/**
 * What all entries of the catalogues have in common, and what GANs and stabilisers see of a run when they
 * check its settings.
 */
import type { z } from 'zod';
import type { Meaning, Explanation, Failure, RunConfig } from '../contract/index.ts';
import type { Players } from './turn.ts';

/** Where an idea was published. */
export type Paper = { title: string; url: string };

/** Why settings make no sense, as a full sentence, and what to do instead. */
export type Refusal = Pick<Failure, 'message' | 'remedy' | 'fix'>;

/** Options of an entry, by name; its own schema parses them. */
export type Options = Record<string, unknown>;

export type Entry<Own extends Options = Options> = {
  kind: string;
  label: string;
  summary: string;
  paper: Paper;
  options: z.ZodType<Own> & z.ZodObject;
};

/** An entry that changes what the players minimise, and says how. */
export type ExplainedKind<Own extends Options = Options> = Entry<Own> & { explanation: Explanation };

/** A point of the plane is an image of one pixel with two channels. */
export type ImageShape = { size: number; channels: number };

/**
 * What an output of D says. probability: its sigmoid, or the softmax of two nodes, is the probability that
 * the image is real. number: it is near `real` for real images and near `fake` for fakes. comparison: nothing
 * on its own, since only differences between outputs count; the larger, the more real.
 */
export type Reading =
  { of: 'probability' } | { of: 'number'; real: number; fake: number } | { of: 'comparison' };

/** A run's complete settings, as GANs and stabilisers see them when they check whether they make sense. */
export type Settled = {
  config: RunConfig;
  image: ImageShape;
  /**
   * With all stabilisers applied. Made on first access, since a GAN may refuse the image shape before that.
   */
  readonly players: Players;
  loss: { label: string; meaning: Meaning; takesLabels: boolean; reading: Reading };
  /**
   * What the output of the GAN's D may mean. A loss that a remedy suggests must teach one of these meanings.
   */
  meanings: readonly Meaning[];
};
