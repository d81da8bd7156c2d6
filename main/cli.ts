/** The command line: the same core as the app. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_RUN_CONFIG, toFailure, TRAINING_SIZES, type Choice, type Turns } from './contract/index.ts';
import type { BenchFlags } from './command-line/bench.ts';
import type { CheckImagesFlags } from './command-line/check-images.ts';
import type { TrainFlags } from './command-line/train.ts';

const EXIT = { failed: 1, usage: 2, interrupted: 130 } as const;
/** Failures that a mistyped flag ends in. */
const USAGE_CODES = [
  'unknown-gan',
  'unknown-loss',
  'unknown-optimizer',
  'unknown-option',
  'unknown-stabiliser',
  'unknown-preset',
  'senseless',
  'invalid-input',
];

function whole(minimum: number, maximum: number) {
  return (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && text.trim() !== '' && number >= minimum && number <= maximum)
      return number;
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`);
  };
}

function rate(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 1) return number;
  throw new InvalidArgumentError('Expected a number above 0, 1 at most.');
}

function between(minimum: number, maximum: number) {
  return (text: string): number => {
    const number = Number(text);
    if (text.trim() !== '' && number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`Expected a number from ${minimum} to ${maximum}.`);
  };
}

/** A path; an empty one, as from a variable that is not set, would mean the current folder. */
function place(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected a path, and got nothing.');
}

function option(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Expected name=value, such as width=16.');
  const number = Number(value);
  const word = value === 'true' || value === 'false' ? value === 'true' : value;
  return { ...before, [name]: Number.isNaN(number) ? word : number };
}

/** kind, or kind:name=value,name=value. */
function stabiliser(text: string, before: Choice[] = []): Choice[] {
  const [kind = '', ...rest] = text.split(':');
  const options = rest
    .join(':')
    .split(',')
    .filter((part) => part !== '')
    .reduce((all, part) => option(part, all), {});
  return [...before, { kind, options }];
}

function turns(text: string): Turns {
  if (text === 'together' || text === 'alternating') return { kind: text, discriminator: 1 };
  const times = Number(text);
  if (Number.isInteger(times) && times >= 1 && times <= 20) return { kind: 'several', discriminator: times };
  throw new InvalidArgumentError(
    'Expected together, alternating, or a whole number from 1 to 20: turns of D to one of G.',
  );
}

const seed = whole(0, 0xffffffff);

// Commands are imported when they run, so that --help does not wait for TensorFlow.
function program(): Command {
  const program = new Command('gan-studio')
    .description('Train a generative adversarial network on a folder of images, and take the generator away.')
    .showHelpAfterError('Add --help for the options.')
    .exitOverride();
  program
    .command('train')
    .description('Train on a folder of images; writes a run folder.')
    .requiredOption(
      '--data <folder>',
      'images, in nested folders if you like; or built-in:digits, built-in:emoji, points:ring, points:grid',
      place,
    )
    .requiredOption('--out <folder>', 'the run folder to make', place)
    .option('--seed <n>', 'same seed, same run', seed, 1)
    .addOption(
      new Option('--size <pixels>', 'training size (default: 64; digits 28)').choices(
        TRAINING_SIZES.map(String),
      ),
    )
    .option('--preset <kind>', 'settings for a purpose; other flags change them')
    .option('--gan <kind>', 'which GAN (default: dcgan); flags that are left out are as it recommends')
    .option(
      '--gan-option <name=value>',
      "one of the GAN's own options, such as width=16; may be repeated",
      option,
      {},
    )
    .option('--loss <kind>', 'which loss')
    .option('--loss-option <name=value>', "one of the loss's own options; may be repeated", option, {})
    .option(
      '--stabiliser <kind[:name=value,...]>',
      'one more stabiliser; none drops the recommended ones; may be repeated',
      stabiliser,
    )
    .option('--turns <order>', 'together, alternating, or turns of D to one of G', turns)
    .option('--steps <n>', 'steps to train', whole(1, 100_000_000))
    .option('--batch <n>', 'images a step', whole(2, 1024))
    .option('--z <n>', 'numbers in a latent point', whole(1, 1024))
    .option(
      '--averaging <decay>',
      "of the average of G's weights that samples come from",
      between(0, 0.99999),
    )
    .option('--learning-rate-d <rate>', 'of the discriminator', rate)
    .option('--learning-rate-g <rate>', 'of the generator', rate)
    .option(
      '--optimizer <kind>',
      'which optimiser: adam, rmsprop, or sgd, which takes learning rates of 0.01 to 0.1',
    )
    .option(
      '--optimizer-option <name=value>',
      "one of the optimiser's own options, such as beta1=0; may be repeated",
      option,
      {},
    )
    .addOption(
      new Option('--schedule <kind>', 'how the learning rates fall').choices([
        'constant',
        'linear',
        'cosine',
      ]),
    )
    .option(
      '--schedule-from <step>',
      'the step at which they begin to fall (default: 0)',
      whole(0, 100_000_000),
    )
    .option(
      '--schedule-over <n>',
      'the steps that the fall takes (default: the rest of the run)',
      whole(1, 100_000_000),
    )
    .option(
      '--schedule-floor <share>',
      'what they fall to, as a share of what they were (default: 0)',
      between(0, 1),
    )
    .option('--clip <norm>', "the longest that a network's gradient may be; 0 for any", between(0, 1e6))
    .addOption(
      new Option('--colour <kind>', 'colour or grey (default: rgb; digits grey)').choices(['rgb', 'grey']),
    )
    .addOption(
      new Option('--framing <way>', 'cut the middle square out, or fit the whole image')
        .choices(['crop', 'fit'])
        .default('crop'),
    )
    .option('--background <colour>', 'behind transparent and fitted images (default: #ffffff)', colour)
    .option(
      '--checkpoint-every <n>',
      'steps from one checkpoint to the next',
      whole(1, 100_000_000),
      DEFAULT_RUN_CONFIG.checkpoints.everySteps,
    )
    .option('--mirror', 'mirror each image half of the time', false)
    .option('--json', 'one JSON line per event on standard output', false)
    .action(async ({ size, ...flags }: Omit<TrainFlags, 'size'> & { size?: string }) => {
      const trainingSize = TRAINING_SIZES.find((known) => String(known) === size);
      const { trainCommand } = await import('./command-line/train.ts');
      report(await trainCommand({ ...flags, ...(trainingSize ? { size: trainingSize } : {}) }), flags.out);
    });
  addResultCommands(program);
  addCatalogueCommand(program);
  addMeasuringCommands(program);
  return program;
}

function addResultCommands(program: Command): void {
  program
    .command('resume')
    .description('Go on with a run from its newest whole checkpoint.')
    .requiredOption('--run <folder>', 'the run', place)
    .option('--steps <n>', 'steps in all (default: as the run was started with)', whole(1, 100_000_000))
    .option('--json', 'one JSON line per event on standard output', false)
    .action(async (flags: { run: string; steps?: number; json: boolean }) => {
      const { resumeCommand } = await import('./command-line/resume.ts');
      report(await resumeCommand(flags), flags.run);
    });
  program
    .command('sample')
    .description("Write a sheet of new images from a run's newest checkpoint.")
    .requiredOption('--run <folder>', 'the run', place)
    .requiredOption('--out <file>', 'the PNG to write', place)
    .option('--count <n>', 'images', whole(1, 4096), 16)
    .option('--seed <n>', 'same seed, same images', seed, 1)
    .action(async (flags: { run: string; out: string; count: number; seed: number }) => {
      const { sampleCommand } = await import('./command-line/sample.ts');
      process.stdout.write(`${await sampleCommand(flags)}\n`);
    });
  program
    .command('export')
    .description("Write a run's generator for other programs.")
    .requiredOption('--run <folder>', 'the run', place)
    .requiredOption('--out <folder>', 'a new folder is made in it', place)
    .addOption(new Option('--format <format>', 'what for').choices(['tfjs']).default('tfjs'))
    .action(async (flags: { run: string; out: string; format: string }) => {
      const { exportCommand } = await import('./command-line/export.ts');
      process.stdout.write(`${await exportCommand(flags)}\n`);
    });
  program
    .command('measure')
    .description(
      "Tell how far a run's images are from its data, beside an untrained generator's (fixed random features; one JSON line).",
    )
    .requiredOption('--run <folder>', 'the run', place)
    .action(async (flags: { run: string }) => {
      const { measureCommand } = await import('./command-line/measure.ts');
      process.stdout.write(`${JSON.stringify(await measureCommand(flags))}\n`);
    });
}

function addCatalogueCommand(program: Command): void {
  program
    .command('catalogue')
    .description(
      'Tell what a run can be made of: GANs, losses, stabilisers, optimisers and presets, with their options.',
    )
    .option('--into <file>', 'renew the generated part of this Markdown file instead', place)
    .action(async (flags: { into?: string }) => {
      const { catalogueCommand } = await import('./command-line/catalogue.ts');
      process.stdout.write(`${catalogueCommand(flags)}\n`);
    });
}

function addMeasuringCommands(program: Command): void {
  program
    .command('bench')
    .description('Measure, and print one JSON line a case.')
    .addArgument(
      new Argument('<what>', 'what to measure').choices([
        'engine',
        'profile',
        'checkpoints',
        'digits',
        'modes',
        'lab',
        'small-data',
        'import',
        'inspect',
      ]),
    )
    .option(
      '--case <name>',
      'only this case of engine, profile, digits or modes; may be repeated',
      (text: string, before: string[]) => [...before, text],
      [],
    )
    .option('--rounds <n>', 'turns of ours and of the peer', whole(1, 100), 5)
    .option('--peer <folder>', 'a virtual environment with PyTorch (default: one in the cache folder)', place)
    .option('--make-peer', 'install PyTorch from PyPI there first: 5 GB', false)
    .option('--against <commit>', 'the build that import is measured against')
    .option('--no-peer', 'measure our engine alone')
    .option(
      '--minutes <n>',
      'the longest that a case trains (default: small-data 6, digits 4, modes 1)',
      between(0.1, 600),
    )
    .action(async (what: string, flags: BenchFlags) => {
      const { benchCommand } = await import('./command-line/bench.ts');
      await benchCommand(what, flags);
    });
  program
    .command('check-images')
    .description(
      'Decode every file below a folder as a data set would; prints what became of them in one JSON line.',
    )
    .argument('<folder>', 'the files', place)
    .addOption(
      new Option('--size <pixels>', 'training size').choices(TRAINING_SIZES.map(String)).default('64'),
    )
    .addOption(
      new Option('--framing <way>', 'cut the middle square out, or fit the whole image')
        .choices(['crop', 'fit'])
        .default('crop'),
    )
    .option('--background <colour>', 'behind transparent and fitted images', colour, '#ffffff')
    .option('--list', 'tell of each file what became of it, on standard error', false)
    .option(
      '--compare [folder]',
      'write what was seen of each file there, as PNG by its name (default: beside the folder, -seen after its name)',
    )
    .option('--mutate <n>', 'decode so many spoilt copies of the files instead', whole(1, 10_000_000))
    .option('--seed <n>', 'of the spoiling', seed, 1)
    .action(
      async (
        folder: string,
        { size, ...flags }: Omit<CheckImagesFlags, 'folder' | 'size'> & { size: string },
      ) => {
        const trainingSize = TRAINING_SIZES.find((known) => String(known) === size) ?? 64;
        const { checkImagesCommand } = await import('./command-line/check-images.ts');
        if (!(await checkImagesCommand({ ...flags, folder, size: trainingSize })))
          process.exitCode = EXIT.failed;
      },
    );
  program
    .command('check-kills')
    .description(
      'Kill a training at random moments, resume it, and compare with an uninterrupted one; prints the tally.',
    )
    .option('--count <n>', 'kills', whole(1, 100_000), 20)
    .option('--seed <n>', 'of the moments', seed, 1)
    .action(async (flags: { count: number; seed: number }) => {
      const { checkKillsCommand } = await import('./command-line/check-kills.ts');
      if (!(await checkKillsCommand(flags))) process.exitCode = EXIT.failed;
    });
  program
    .command('check-old-runs')
    .description(
      'Resume the runs that older versions made with this build and with another, and compare their losses bit for bit.',
    )
    .requiredOption('--against <commit>', 'the other build')
    .option('--runs <folder>', 'the stored runs', place, 'main/runs/old-runs')
    .action(async (flags: { against: string; runs: string }) => {
      const { checkOldRunsCommand } = await import('./command-line/check-old-runs.ts');
      if (!checkOldRunsCommand(flags)) process.exitCode = EXIT.failed;
    });
  program
    .command('demo')
    .description('Train the built-in digits, write a sample sheet and the exported generator, and say where.')
    .option('--steps <n>', 'steps to train', whole(1, 100_000_000), 1500)
    .action(async (flags: { steps: number }) => {
      const { demoCommand } = await import('./command-line/demo.ts');
      report(await demoCommand(flags));
    });
}

function colour(text: string): string {
  if (/^#[0-9a-f]{6}$/i.test(text)) return text;
  throw new InvalidArgumentError('Expected a colour such as #ffffff.');
}

function report(outcome: 'finished' | 'interrupted', folder?: string): void {
  if (outcome === 'interrupted') {
    process.stderr.write(
      `Interrupted. The checkpoint is saved${folder === undefined ? '' : ` in ${folder}`}.\n`,
    );
    process.exitCode = EXIT.interrupted;
  } else if (folder !== undefined) {
    process.stderr.write(`Done. The run is in ${folder}.\n`);
  }
}

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
      return;
    }
    const { code, message, remedy } = toFailure(error);
    process.stderr.write(`${message}\n${remedy}\n`);
    process.exitCode =
      code === 'cancelled' ? EXIT.interrupted : USAGE_CODES.includes(code) ? EXIT.usage : EXIT.failed;
  }
}

void main();
