/** The health of a run: findings in words, each with the numbers that it rests on and what to try. */
import { z } from 'zod';
import { fixSchema } from './fix.ts';

/** What the rules of health use beside losses and metrics; each is absent if it does not apply. */
export const signsSchema = z.object({
  /**
   * Of a fixed batch, the share of real pictures that D takes for real, and of fakes that it takes for fake.
   */
  realRight: z.number().optional(),
  fakeRight: z.number().optional(),
  /**
   * The share of held-out pictures that D takes for real. If it is much below `realRight`, D has memorised
   * its pictures.
   */
  heldOutRight: z.number().optional(),
  /** How much samples differ from each other, divided by how much pictures of the data do. */
  variety: z.number().optional(),
  /**
   * The distance to the data of samples of G's current weights, if the run's samples come from averaged ones.
   */
  currentDistance: z.number().optional(),
});
export type Signs = z.infer<typeof signsSchema>;

export const findingSchema = z.object({
  /** The rule that made it, for programs. */
  code: z.string(),
  /** progress: how the run is getting on, reported for every run. ill: something is wrong. */
  tone: z.enum(['progress', 'ill']),
  /** Such as "Hardly better since step 300, best at 400". */
  words: z.string(),
  /** The condition under which it is reported, in words. */
  threshold: z.string(),
  /** The numbers that it rests on. */
  evidence: z.array(z.object({ label: z.string(), step: z.number().int(), value: z.number() })),
  /** What to try, the likeliest remedy first; with a fix if it is a setting. */
  tries: z.array(z.object({ words: z.string(), fix: fixSchema.optional() })),
});
export type Finding = z.infer<typeof findingSchema>;

/** All findings on one line. */
export function healthInWords(findings: readonly Finding[]): string {
  return findings.map(({ words }) => words).join('; ');
}
