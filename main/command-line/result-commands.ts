/**
 * The commands on an existing run: `resume`, `checkpoints`, `keep`, `sample`, `encode`, `export` and
 * `measure`.
 */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import {
  EXPORT_FORMAT_NAMES,
  exportFormatSchema,
  precisionSchema,
  resamplingSchema,
  sheetScaleSchema,
  type Enlargement,
  type ExportFormat,
  type ExportLayout,
  type Precision,
  type WhichCheckpoint,
} from '../contract/index.ts';
import { place, settingFlag, valueOf } from './flags.ts';
import { report, printExport, printPlace } from './outcome.ts';
import { addPicturesFlags, type PicturesFlags } from './run-pictures.ts';

type OfRun = { run: string; checkpoint: WhichCheckpoint };

/** The flag for the checkpoint to open. */
function checkpointFlag(): Option {
  return new Option('--checkpoint <which>', 'best, newest, or the step of an existing checkpoint')
    .argParser(whichCheckpoint)
    .default('newest');
}

/** Reads formats such as "onnx,keras", and drops repeated ones. */
function formatNames(text: string): ExportFormat[] {
  return [...new Set(text.split(',').map((name) => name.trim()))].map((name) => {
    const { data: format } = exportFormatSchema.safeParse(name);
    if (format) return format;
    throw new InvalidArgumentError(
      `Allowed choices are ${EXPORT_FORMAT_NAMES.join(', ')}, with commas between.`,
    );
  });
}

function whichCheckpoint(text: string): WhichCheckpoint {
  if (text === 'best' || text === 'newest') return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write best, newest, or a step such as 500.');
}

export function addResultCommands(program: Command): void {
  addResume(program);
  addCheckpoints(program);
  addSample(program);
  program
    .command('encode')
    .description(
      'Find the latent points of pictures with the encoder of a run, and print one JSON line for each.',
    )
    .argument('<pictures...>', 'picture files')
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag())
    .action(async (pictures: string[], flags: OfRun) => {
      const { encodeCommand } = await import('./encode.ts');
      for (const encoded of await encodeCommand({ ...flags, pictures }))
        process.stdout.write(`${JSON.stringify(encoded)}\n`);
    });
  addExport(program);
  const measure = program
    .command('measure')
    .description(
      'Measure a run on 500 samples: KID, precision, recall, density, coverage, variety and copies, beside the data itself, an untrained generator and noise.',
    )
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag())
    .option('--json', 'one JSON line in place of a table', false);
  addPicturesFlags(measure).action(async (flags: PicturesFlags & OfRun & { json: boolean }) => {
    const { measureCommand, measurementTable } = await import('./measure.ts');
    const measurement = await measureCommand(flags);
    process.stdout.write(flags.json ? `${JSON.stringify(measurement)}\n` : measurementTable(measurement));
  });
}

function addExport(program: Command): void {
  program
    .command('export')
    .description('Export the generator of a run for use in other programs.')
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag().default(undefined, 'best, or newest if the best is not known'))
    .requiredOption('--out <folder>', 'where to create a folder for each format', place)
    .addOption(
      new Option('--format <formats>', `one or more, with commas between: ${EXPORT_FORMAT_NAMES.join(', ')}`)
        .argParser(formatNames)
        .default(['html'], 'html'),
    )
    .addOption(
      new Option('--layout <layout>', 'the order of axes in ONNX: channels first (NCHW) or last (NHWC)')
        .choices(['NCHW', 'NHWC'])
        .default('NCHW'),
    )
    .action(
      async ({
        format: formats,
        ...flags
      }: OfRun & { out: string; format: ExportFormat[]; layout: ExportLayout }) => {
        const { exportCommand } = await import('./export.ts');
        const { checkExport } = await import('./default-checks.ts');
        const { interruptibly } = await import('./follow.ts');
        const exported = await interruptibly((signal) =>
          exportCommand({ ...flags, formats, check: checkExport, signal }),
        );
        exported.forEach(printExport);
      },
    );
}

function addResume(program: Command): void {
  const resume = program
    .command('resume')
    .description(
      'Resume a run from its newest intact checkpoint, or from an earlier one: later ones move to checkpoints/given-up.',
    )
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag())
    .addOption(
      settingFlag('steps', {
        help: 'steps in all, with those already trained (default: as set at the start of the run)',
      }),
    )
    .addOption(
      new Option(
        '--precision <kind>',
        'what to compute in from here on (default: as before, unless that is slower than float32 here)',
      ).choices(precisionSchema.options),
    )
    .option('--json', 'one JSON line per event on standard output', false);
  addPicturesFlags(resume).action(
    async (flags: PicturesFlags & OfRun & { steps?: number; precision?: Precision; json: boolean }) => {
      const { resumeCommand } = await import('./resume.ts');
      report(await resumeCommand(flags), flags.run);
    },
  );
}

function addCheckpoints(program: Command): void {
  program
    .command('checkpoints')
    .description(
      'List the checkpoints of a run, newest first: the best, those that are kept, and their scores.',
    )
    .requiredOption('--run <folder>', 'the run', place)
    .option('--json', 'one JSON line in place of a table', false)
    .action(async ({ run, json }: { run: string; json: boolean }) => {
      const { checkpointsCommand, checkpointsTable } = await import('./checkpoints.ts');
      const checkpoints = checkpointsCommand(run);
      process.stdout.write(json ? `${JSON.stringify(checkpoints)}\n` : checkpointsTable(checkpoints));
    });
  program
    .command('keep')
    .description('Keep a checkpoint of a run, however many come after it.')
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag().makeOptionMandatory().default(undefined))
    .option('--no-longer', 'newer checkpoints may replace the checkpoint again')
    .action(async ({ longer, ...flags }: OfRun & { longer: boolean }) => {
      const { keepCommand } = await import('./checkpoints.ts');
      process.stderr.write(keepCommand({ ...flags, keep: longer }));
    });
}

type SampleFlags = OfRun &
  Required<Enlargement> & { out: string; count: number; seed: number; separate: boolean; class?: string };

function addSample(program: Command): void {
  program
    .command('sample')
    .description('Write new pictures from a checkpoint of a run: a sheet of them, or each in its own file.')
    .requiredOption('--run <folder>', 'the run', place)
    .addOption(checkpointFlag())
    .requiredOption(
      '--out <place>',
      'the sheet to write: .png, .jpg or .webp; with --separate, where to create a folder of PNGs',
      place,
    )
    .option('--count <n>', 'how many pictures', valueOf(z.number().int().min(1).max(4096)), 16)
    .addOption(
      settingFlag('seed', {
        help: 'the same seed gives the same pictures; with --separate, the seed of the first one',
        initial: 1,
      }),
    )
    .option('--scale <n>', 'how many times to enlarge every picture, 1 to 8', valueOf(sheetScaleSchema), 1)
    .addOption(
      new Option('--resampling <how>', 'how to enlarge: sharp squares (nearest), or smooth (lanczos)')
        .choices(resamplingSchema.options)
        .default('nearest'),
    )
    .option('--separate', 'a PNG for each seed from the first one on, named after its seed', false)
    .option(
      '--class <name>',
      'pictures of this class only (default: a row of each class; with --separate, each in turn)',
    )
    .action(async (flags: SampleFlags) => {
      const { sampleCommand } = await import('./sample.ts');
      printPlace(await sampleCommand(flags));
    });
}
