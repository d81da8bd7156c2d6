/** How a run does, in words, each with the numbers that it went by and what to try. */
import { z } from 'zod';
import { fixSchema } from './fix.ts';

/** What health goes by beside losses and metrics; each is left out where it says nothing. */
export const signsSchema = z.object({
  /** The share of real pictures of a fixed batch that D takes for real, and of fakes that it takes for fake. */
  realRight: z.number().optional(),
  fakeRight: z.number().optional(),
  /** The share of held-out real pictures that D takes for real: much below `realRight`, and D knows its pictures by heart. */
  heldOutRight: z.number().optional(),
  /** How much samples differ from each other, where 1 is how much pictures of the data do. */
  variety: z.number().optional(),
  /** The distance to the data of what the current weights make, where samples come from averaged ones. */
  currentDistance: z.number().optional(),
});
export type Signs = z.infer<typeof signsSchema>;

export const findingSchema = z.object({
  /** For programs: the rule that says it. */
  code: z.string(),
  /** progress: it is said of every run. ill: something is wrong. */
  tone: z.enum(['progress', 'ill']),
  /** Such as "Hardly better since step 300, best at 400". */
  words: z.string(),
  /** When it is said. */
  threshold: z.string(),
  /** The numbers that it went by. */
  evidence: z.array(z.object({ label: z.string(), step: z.number().int(), value: z.number() })),
  /** What to try, the likeliest first; with a fix where it is a setting. */
  tries: z.array(z.object({ words: z.string(), fix: fixSchema.optional() })),
});
export type Finding = z.infer<typeof findingSchema>;

/** How a run does, as a line. */
export function healthInWords(findings: readonly Finding[]): string {
  return findings.map(({ words }) => words).join('; ');
}
