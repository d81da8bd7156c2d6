/** What every entry of the catalogue has in common, whatever it is an entry of. */
import type { z } from 'zod';
import type { Explanation, Failure } from './contract/index.ts';

/** Where an idea was published. */
export type Paper = { title: string; url: string };

/** Why something makes no sense, as a whole sentence, and what to do instead. */
export type Refusal = Pick<Failure, 'message' | 'remedy'>;

/** Options of an entry, by name; its own schema parses them. */
export type Options = Record<string, unknown>;

export type Entry<Own extends Options = Options> = {
  kind: string;
  label: string;
  summary: string;
  paper: Paper;
  options: z.ZodType<Own> & z.ZodObject;
};

/** An entry that changes what D and G minimise, and says how. */
export type ExplainedKind<Own extends Options = Options> = Entry<Own> & { explanation: Explanation };
