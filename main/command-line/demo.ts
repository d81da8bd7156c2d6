/**
 * `demo`: shows what GAN Studio does without a display: trains on the digits, writes a sheet of samples, and
 * exports the generator.
 */
import path from 'node:path';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { newRunFolder } from '../runs/index.ts';
import { defaultFolders } from './default-folders.ts';
import { checkExport } from './default-checks.ts';
import { exportCommand } from './export.ts';
import { forTerminal } from './for-terminal.ts';
import { sampleCommand } from './sample.ts';
import type { Outcome } from './follow.ts';
import { trainRun } from './train.ts';

const GRID = 64;

/**
 * Trains on the built-in digits with the default settings for `steps` steps, then prints where everything is.
 */
export async function demoCommand({ steps }: { steps: number }): Promise<Outcome> {
  const folder = newRunFolder(defaultFolders().runs, DEFAULT_RUN_CONFIG.name);
  const outcome = await trainRun({ config: { ...DEFAULT_RUN_CONFIG, steps }, folder, json: false });
  const sheet = await sampleCommand({
    run: folder,
    count: GRID,
    seed: 1,
    out: path.join(folder, 'samples.png'),
  });
  const [generator] = await exportCommand({
    run: folder,
    formats: ['html'],
    out: path.join(folder, 'exports'),
    check: checkExport,
  });
  const places = { 'Run:': folder, 'Samples:': sheet, 'Generator:': generator?.folder ?? '' };
  for (const [what, place] of Object.entries(places))
    process.stdout.write(`${what.padEnd(15)} ${forTerminal(place)}\n`);
  return outcome;
}
