/** The commands to get to know the studio by: the catalogue, and a training of the built-in digits. */
import type { Command } from 'commander';
import { place, settingFlag } from './flags.ts';
import { report } from './outcome.ts';

export function addCatalogueCommand(program: Command): void {
  program
    .command('catalogue')
    .description(
      'Tell what a run can be made of: GANs, losses, stabilisers, optimisers and presets, with their options.',
    )
    .option('--into <file>', 'renew the generated part of this Markdown file instead', place)
    .action(async (flags: { into?: string }) => {
      const { catalogueCommand } = await import('./catalogue.ts');
      process.stdout.write(`${catalogueCommand(flags)}\n`);
    });
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('Train the built-in digits, write a sample sheet and the exported generator, and say where.')
    .addOption(settingFlag('steps', { initial: 1500 }))
    .action(async (flags: { steps: number }) => {
      const { demoCommand } = await import('./demo.ts');
      report(await demoCommand(flags));
    });
}
