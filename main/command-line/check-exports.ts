/**
 * `check-exports`: writes every GAN of the catalogue in every format, runs each export in the format's own
 * runtimes, in Python and within the app, and compares the outputs with the app's.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkExportsWith, type ExportJob, type ExportOutcome } from '../bench/export-peer.ts';
import { SUBJECTS, subjectNamed } from '../bench/export-subjects.ts';
import { EXPORT_FORMATS, StudioError, type ExportFormat, type ExportLayout } from '../contract/index.ts';
import { TOLERANCE } from '../export-checks/index.ts';
import { writeExports, type ExportSubject } from '../export/index.ts';
import { IN_PYTHON, type CheckExportsFlags } from './check-exports-flags.ts';
import { checkExport } from './default-checks.ts';
import { defaultFolders } from './default-folders.ts';

/**
 * Prints a table of the largest differences, with a row for each GAN and a column for each format. Returns
 * whether all are within the tolerance. Throws StudioError `peer-missing`, `peer-failed` or `peer-not-made`.
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
    const report = (outcome: ExportOutcome) => {
      outcomes.push(outcome);
      process.stderr.write(`${outcome.subject}, ${outcome.format}: ${detail(outcome)}\n`);
    };
    const jobs: ExportJob[] = [];
    for (const [index, subject] of subjects.entries()) {
      const made = subjectNamed(subject);
      const folder = path.join(place, String(index));
      for (const format of formats) jobs.push(...(await written(made, { subject, format, folder, report })));
    }
    await checkExportsWith({ venv, make, jobs }, report);
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

/**
 * Writes a folder for each layout of the format, reports the app's own check of each, and returns those that
 * Python is to load.
 */
async function written(
  subject: ExportSubject,
  {
    subject: name,
    format,
    folder,
    report,
  }: { subject: string; format: ExportFormat; folder: string; report: (outcome: ExportOutcome) => void },
): Promise<ExportJob[]> {
  const layouts: ExportLayout[] = 'choosesLayout' in EXPORT_FORMATS[format] ? ['NCHW', 'NHWC'] : ['NCHW'];
  const jobs: ExportJob[] = [];
  const of = { subject: name, format };
  for (const layout of layouts) {
    const [exported] = await orRefused(
      writeExports({ subject, formats: [format], layout, folder, check: checkExport }),
    );
    if (!exported) {
      report({ ...of, refused: true });
      continue;
    }
    const { check } = exported;
    if (check) report('failure' in check ? { ...of, failure: check.failure.message } : { ...of, ...check });
    if (IN_PYTHON.includes(format)) jobs.push({ ...of, folder: exported.folder });
  }
  return jobs;
}

/** An empty list if the format has no counterpart of a layer. */
async function orRefused<Written>(writing: Promise<Written[]>): Promise<Written[]> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof StudioError && error.code === 'not-portable') return [];
    throw error;
  }
}

/** A format that refuses a layer, or whose runtime is missing, has not failed. */
function isGood(outcomes: readonly ExportOutcome[]): boolean {
  return (
    outcomes.length > 0 &&
    outcomes.every((one) => !('failure' in one) && !('difference' in one && one.difference > TOLERANCE))
  );
}

function detail(outcome: ExportOutcome): string {
  if ('failure' in outcome) return outcome.failure;
  if ('refused' in outcome) return 'refused';
  return 'missing' in outcome ? outcome.missing : `${words(outcome.difference)} in ${outcome.runtime}`;
}

const words = (difference: number): string => difference.toExponential(1);

function tableOf(
  outcomes: readonly ExportOutcome[],
  { subjects, formats }: { subjects: readonly string[]; formats: readonly ExportFormat[] },
): string {
  const cell = (subject: string, format: ExportFormat): string => {
    const found = outcomes.filter((one) => one.subject === subject && one.format === format);
    if (found.length === 0 || found.some((one) => 'failure' in one)) return 'FAILED';
    const differences = found.flatMap((one) => ('difference' in one ? [one.difference] : []));
    if (found.some((one) => 'refused' in one)) return 'refused';
    return differences.length === 0 ? 'no runtime' : words(Math.max(...differences));
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(['', ...formats]),
    line(['---', ...formats.map(() => '---')]),
    ...subjects.map((subject) => line([subject, ...formats.map((format) => cell(subject, format))])),
  ].join('');
}
