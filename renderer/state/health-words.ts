/** The health of a run in words. */
import type { Finding } from '#main/contract/index.ts';
import { count, metric } from '../parts/format.ts';

/** The numbers behind a finding, one line for each label: "0.59 at step 400, 0.58 at step 500". */
export function evidenceOf(evidence: Finding['evidence']): { label: string; values: string }[] {
  const labels = [...new Set(evidence.map(({ label }) => label))];
  return labels.map((label) => ({
    label,
    values: evidence
      .filter((each) => each.label === label)
      .map(({ step, value }) => `${metric(value, '')} at step\u00a0${count(step)}`)
      .join(', '),
  }));
}

/**
 * A sentence of the core with commas in its whole numbers, as elsewhere on the page: "at 1500" -> "at 1,500".
 */
export function grouped(words: string): string {
  return words.replace(/(?<![\d.])\d{4,}\b/g, (number) => count(Number(number)));
}

/** What is wrong with a run, in a few words; undefined if nothing is. */
export function illWords(findings: readonly Finding[] = []): string | undefined {
  const ill = findings.filter(({ tone }) => tone === 'ill').map(({ words }) => grouped(words));
  return ill.length > 0 ? ill.join('; ') : undefined;
}
