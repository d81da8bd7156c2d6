/**
 * `check-exports`: writes every GAN of the catalogue in every format, loads each in the format's own runtime in Python,
 * and compares what it computes with what the app does.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkExportsWith, type ExportJob, type ExportOutcome } from '../bench/export-peer.ts';
import { SUBJECTS, subjectNamed } from '../bench/export-subjects.ts';
import { EXPORT_FORMATS, type ExportLayout } from '../contract/index.ts';
import { TOLERANCE } from '../export-checks/index.ts';
import { writeExports, type ExportSubject } from '../export/index.ts';
import type { CheckedFormat, CheckExportsFlags } from './check-exports-flags.ts';
import { defaultFolders } from './default-folders.ts';

/**
 * Prints a table of the largest differences, GANs down and formats across; true when all of them are small. Throws
 * StudioError `peer-missing`, `peer-failed` or `peer-not-made`.
 */
export async function checkExportsCommand({
  formats,
  subjects = SUBJECTS,
  venv = path.join(defaultFolders().cache, 'export-runtimes'),
  make,
}: CheckExportsFlags): Promise<boolean> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-check-exports-'));
  const outcomes: ExportOutcome[] = [];
  try {
    const jobs: ExportJob[] = [];
    for (const [index, subject] of subjects.entries()) {
      process.stderr.write(`${subject}: writing\n`);
      const made = subjectNamed(subject);
      const folder = path.join(place, String(index));
      for (const format of formats) jobs.push(...(await written(made, { subject, format, folder })));
    }
    await checkExportsWith({ venv, make, jobs }, (outcome) => {
      outcomes.push(outcome);
      process.stderr.write(`${outcome.subject}, ${outcome.format}: ${detail(outcome)}\n`);
    });
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
  process.stdout.write(tableOf(outcomes, { subjects, formats }));
  return subjects.every((subject) =>
    formats.every((format) =>
      isGood(outcomes.filter((one) => one.subject === subject && one.format === format)),
    ),
  );
}

/** A folder for each layout that the format has. */
async function written(
  subject: ExportSubject,
  { subject: name, format, folder }: { subject: string; format: CheckedFormat; folder: string },
): Promise<ExportJob[]> {
  const layouts: ExportLayout[] = 'choosesLayout' in EXPORT_FORMATS[format] ? ['NCHW', 'NHWC'] : ['NCHW'];
  const jobs: ExportJob[] = [];
  for (const layout of layouts) {
    const check = () => Promise.resolve(null);
    for (const exported of await writeExports({ subject, formats: [format], layout, folder, check })) {
      jobs.push({ subject: name, format, folder: exported.folder });
    }
  }
  return jobs;
}

/** A format whose runtime is not there is no failure: its tests load it elsewhere. */
function isGood(outcomes: readonly ExportOutcome[]): boolean {
  return (
    outcomes.length > 0 &&
    outcomes.every((one) => 'missing' in one || ('difference' in one && one.difference < TOLERANCE))
  );
}

function detail(outcome: ExportOutcome): string {
  if ('failure' in outcome) return outcome.failure;
  return 'missing' in outcome ? outcome.missing : `${words(outcome.difference)} in ${outcome.runtime}`;
}

const words = (difference: number): string => difference.toExponential(1);

function tableOf(
  outcomes: readonly ExportOutcome[],
  { subjects, formats }: { subjects: readonly string[]; formats: readonly CheckedFormat[] },
): string {
  const cell = (subject: string, format: CheckedFormat): string => {
    const found = outcomes.filter((one) => one.subject === subject && one.format === format);
    if (found.length === 0 || found.some((one) => 'failure' in one)) return 'FAILED';
    const differences = found.flatMap((one) => ('difference' in one ? [one.difference] : []));
    return differences.length === 0 ? 'no runtime' : words(Math.max(...differences));
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(['', ...formats]),
    line(['---', ...formats.map(() => '---')]),
    ...subjects.map((subject) => line([subject, ...formats.map((format) => cell(subject, format))])),
  ].join('');
}
