/** What every entry of the catalogue has in common, whatever it is an entry of. */
import type { z } from 'zod';
import type { Meaning, Explanation, Failure, RunConfig } from '../contract/index.ts';
import type { Players } from './turn.ts';

/** Where an idea was published. */
export type Paper = { title: string; url: string };

/** Why something makes no sense, as a whole sentence, and what to do instead. */
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
 * What one logit says. probability: its sigmoid, or its nodes' softmax, is D's probability that an image is
 * real. number: it is near `real` for real images and near `fake` for fakes. comparison: nothing by itself,
 * for only differences of logits count; the larger, the more real.
 */
export type Reading =
  { of: 'probability' } | { of: 'number'; real: number; fake: number } | { of: 'comparison' };

/** A run with all its settings, as GANs and stabilisers find it when they say whether it makes sense. */
export type Settled = {
  config: RunConfig;
  image: ImageShape;
  /** With all stabilisers in place. Made when it is first asked for: a GAN may have refused the image before. */
  readonly players: Players;
  loss: { label: string; answer: Meaning; takesLabels: boolean; reading: Reading };
  /** Meanings of D's number that the GAN can be taught: what a remedy may name must fit one of them. */
  answers: readonly Meaning[];
};
