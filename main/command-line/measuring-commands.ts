/**
 * The commands for development: benchmarks, and checks of decoders, exports, killed runs and runs of older
 * versions.
 */
import { Argument, Option, type Command } from 'commander';
import { z } from 'zod';
import { DEFAULT_DATASET_OPTIONS, EXPORT_FORMAT_NAMES, TRAINING_SIZES } from '../contract/index.ts';
import type { BenchFlags } from './bench.ts';
import { BENCHES, type BenchName } from './bench-names.ts';
import type { CheckExportsFlags } from './check-exports-flags.ts';
import type { CheckImagesFlags } from './check-images.ts';
import { place, settingFlag, valueOf } from './flags.ts';
import { EXIT } from './outcome.ts';

/** These commands need the source folder, so the help does not list them. */
const DEVELOPMENT = { hidden: true };

export function addMeasuringCommands(program: Command): void {
  addBench(program);
  addCheckImages(program);
  addChecksOfRuns(program);
  addCheckExports(program);
}

function addBench(program: Command): void {
  program
    .command('bench', DEVELOPMENT)
    .description('Run a benchmark, and print one JSON line per case.')
    .addArgument(new Argument('<what>', 'which benchmark').choices(BENCHES))
    .option(
      '--case <name>',
      'only this case of engine, profile, digits, modes, time-left, estimate, health or false-alarms; may be repeated',
      (text: string, before: string[]) => [...before, text],
      [],
    )
    .option(
      '--rounds <n>',
      'how often GAN Studio and PyTorch are measured in turn',
      valueOf(z.number().int().min(1).max(100)),
      5,
    )
    .option('--peer <folder>', 'a virtual environment with PyTorch (default: one in the cache folder)', place)
    .option('--make-peer', 'install PyTorch from PyPI there first (5 GB)', false)
    .option('--against <commit>', 'the earlier build that `import` is compared with')
    .option('--record <folder>', 'where `health` writes the histories of its runs', place)
    .option('--rows <name...>', 'only these rows of quality', [])
    .option('--sets <name...>', 'only these sets of quality', [])
    .option('--seeds <n...>', 'the seeds that quality trains with (default: 1)', numbers)
    .option('--task <file>', 'what quality-row trains: quality starts it', place)
    .option('--no-peer', 'measure GAN Studio only, without PyTorch')
    .option(
      '--minutes <n>',
      'how many minutes a case trains at most (default: quality 5, digits 4, false-alarms 3, modes 1)',
      valueOf(z.number().min(0.1).max(600)),
    )
    .action(async (what: BenchName, flags: BenchFlags) => {
      const { benchCommand } = await import('./bench.ts');
      await benchCommand(what, flags);
    });
}

function addCheckImages(program: Command): void {
  const { size, framing, background } = DEFAULT_DATASET_OPTIONS;
  program
    .command('check-images', DEVELOPMENT)
    .description('Decode every file in a folder as for a data set, and print one JSON line with the result.')
    .argument('<folder>', 'the folder of the files', place)
    .addOption(settingFlag('dataset.options.size', { initial: String(size) }))
    .addOption(settingFlag('dataset.options.framing', { initial: framing }))
    .addOption(settingFlag('dataset.options.background', { initial: background }))
    .option('--list', 'print the result of each file to standard error', false)
    .option(
      '--compare [folder]',
      'write each file there as PNG, as it was decoded (default: a folder beside it, with -seen after its name)',
    )
    .option(
      '--mutate <n>',
      'decode this many damaged copies of the files instead',
      valueOf(z.number().int().min(1).max(10_000_000)),
    )
    .addOption(settingFlag('seed', { help: 'the seed of the damage', initial: 1 }))
    .action(
      async (
        folder: string,
        { size, ...flags }: Omit<CheckImagesFlags, 'folder' | 'size'> & { size: string },
      ) => {
        const trainingSize = TRAINING_SIZES.find((known) => String(known) === size) ?? 64;
        const { checkImagesCommand } = await import('./check-images.ts');
        if (!(await checkImagesCommand({ ...flags, folder, size: trainingSize })))
          process.exitCode = EXIT.failed;
      },
    );
}

function addChecksOfRuns(program: Command): void {
  program
    .command('check-kills', DEVELOPMENT)
    .description(
      'Kill a run at random moments, resume it, compare it with an uninterrupted one, and print a tally.',
    )
    .option('--count <n>', 'how often the run is killed', valueOf(z.number().int().min(1).max(100_000)), 20)
    .addOption(settingFlag('seed', { help: 'the seed of the random moments', initial: 1 }))
    .action(async (flags: { count: number; seed: number }) => {
      const { checkKillsCommand } = await import('./check-kills.ts');
      if (!(await checkKillsCommand(flags))) process.exitCode = EXIT.failed;
    });
  program
    .command('check-old-runs', DEVELOPMENT)
    .description(
      'Resume runs that older versions made, with this build and with another, and compare their losses bit for bit.',
    )
    .requiredOption('--against <commit>', 'the build to compare with')
    .option('--runs <folder>', 'the folder of the stored runs', place, 'main/runs/old-runs')
    .action(async (flags: { against: string; runs: string }) => {
      const { checkOldRunsCommand } = await import('./check-old-runs.ts');
      if (!(await checkOldRunsCommand(flags))) process.exitCode = EXIT.failed;
    });
}

function addCheckExports(program: Command): void {
  program
    .command('check-exports', DEVELOPMENT)
    .description(
      'Export every GAN in every format, load each in its own runtime, and print a table of differences.',
    )
    .addOption(
      new Option('--formats <name...>', 'only these formats')
        .choices(EXPORT_FORMAT_NAMES)
        .default(EXPORT_FORMAT_NAMES),
    )
    .option('--subjects <name...>', 'only these exports')
    .option(
      '--venv <folder>',
      'a virtual environment with the runtimes (default: one in the cache folder)',
      place,
    )
    .option('--make', 'install the runtimes from PyPI there first (5 GB)', false)
    .action(async (flags: CheckExportsFlags) => {
      const { checkExportsCommand } = await import('./check-exports.ts');
      if (!(await checkExportsCommand(flags))) process.exitCode = EXIT.failed;
    });
}

/** Reads the numbers of a flag that takes several; the first one replaces the default. */
function numbers(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), valueOf(z.number().int().min(0))(text)];
}
