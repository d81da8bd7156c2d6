/** The commands that need no run: `catalogue`, `presets` and `demo`. */
import type { Command } from 'commander';
import { place, settingFlag } from './flags.ts';
import { report, printPlace } from './outcome.ts';
import type { PresetsFlags } from './presets.ts';

export function addCatalogueCommand(program: Command): void {
  program
    .command('catalogue')
    .description(
      'Print what a run can be made of: GANs, losses, stabilisers, optimisers and presets, with their options.',
    )
    .option('--into <file>', 'update the generated part of this Markdown file instead', place)
    .action(async (flags: { into?: string }) => {
      const { catalogueCommand } = await import('./catalogue.ts');
      process.stdout.write(`${catalogueCommand(flags)}\n`);
    });
}

export function addPresetsCommand(program: Command): void {
  program
    .command('presets', { hidden: true })
    .description('Train each preset on the built-in digits, and write a picture of its samples.')
    .requiredOption('--into <folder>', 'the folder for the pictures and made.json', place)
    .option('--only <kind>', 'one preset only')
    .addOption(
      settingFlag('steps', {
        help: 'steps to train (default: those of the picture that is already there)',
      }),
    )
    .action(async (flags: PresetsFlags) => {
      const { presetsCommand } = await import('./presets.ts');
      await presetsCommand(flags, printPlace);
    });
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'Train on the built-in digits, write a sample sheet, export the generator, and print where they are.',
    )
    .addOption(settingFlag('steps', { initial: 1500 }))
    .action(async (flags: { steps: number }) => {
      const { demoCommand } = await import('./demo.ts');
      report(await demoCommand(flags));
    });
}
