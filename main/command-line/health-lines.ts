/** Writes a run's health for a terminal: each finding with its numbers and what to try. */
import type { Finding } from '../contract/index.ts';

/** Lines that end in line breaks; a finding of mere progress takes one. */
export function healthLines(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ tone, words, evidence, tries }) =>
    tone === 'progress'
      ? [`Health: ${words}.`]
      : [
          `Health: ${words}.`,
          ...evidence.map(
            ({ label, step, value }) => `  ${label}, step ${step}: ${Number(value.toPrecision(3))}`,
          ),
          ...tries.map(({ words: what, fix }) => `  Try: ${fix?.label ?? what.replace(/\.$/, '')}.`),
        ],
  );
  return lines.map((line) => `${line}\n`).join('');
}
