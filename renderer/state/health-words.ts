/** What is said of a run's health, as lines of text. */
import type { Finding } from '#main/contract/index.ts';
import { count, metric } from '../parts/format.ts';

/** The numbers that a finding went by, those of one kind in a line: "0.59 at step 400, 0.58 at step 500". */
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
 * The steps in a sentence of the core's, spelled as everywhere on the page: "best at 1500" -> "best at
 * 1,500".
 */
export function grouped(words: string): string {
  return words.replace(/(?<![\d.])\d{4,}\b/g, (number) => count(Number(number)));
}

/** What is wrong, in a few words; undefined where nothing is. */
export function illWords(findings: readonly Finding[] = []): string | undefined {
  const ill = findings.filter(({ tone }) => tone === 'ill').map(({ words }) => grouped(words));
  return ill.length > 0 ? ill.join('; ') : undefined;
}
