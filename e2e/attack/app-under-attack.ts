/**
 * What attacks on the app share: a small run, the app's processes, and the failures that no attack may cause.
 */
import type { ElectronApplication } from '@playwright/test';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '#main/contract/index.ts';
import type { StudioPage } from '../studio-page.ts';
import { MISSHAPEN, NO_ANSWER } from './in-page.ts';

/** Codes of failures that no message may cause. */
export const FAULTS = [
  'unexpected',
  'host-crashed',
  'misdirected',
  'stranger',
  'garbled',
  MISSHAPEN,
  NO_ANSWER,
];

/** A run small enough to be trained hundreds of times. */
export const SMALL: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 4, distribution: 'normal' },
  samples: { count: 4, everySteps: 50 },
  checkpoints: { everySteps: 3, everyMinutes: 5, keep: 2 },
  measuring: { share: 0, best: 'distance' },
};
/** The output of a command. Throws when the command fails. */
export async function ask(
  studio: StudioPage,
  name: Parameters<StudioPage['ask']>[0],
  input: unknown,
): Promise<unknown> {
  const answer = await studio.ask(name, input);
  if (answer.ok) return answer.output;
  throw new Error(`${name}: ${answer.failure.code}: ${answer.failure.message}`);
}

/** Trains a small run to its end, and returns its folder. */
export async function trainedRun(studio: StudioPage): Promise<string> {
  const config = { ...SMALL, name: 'Small', steps: 6 };
  const { folder } = (await ask(studio, 'run.start', { config })) as { folder: string };
  while (((await ask(studio, 'run.current', {})) as { status: string }).status !== 'finished')
    await studio.page.waitForTimeout(50);
  return folder;
}

/** Process ids of the app itself, its page and its hosts, by name. */
export function processesOf(app: ElectronApplication): Promise<Record<string, number>> {
  return app.evaluate(({ app: running }) =>
    Object.fromEntries(
      running
        .getAppMetrics()
        .map(
          ({ type, name, serviceName, pid }) => [`${type} ${name ?? serviceName ?? ''}`.trim(), pid] as const,
        )
        .filter(([name]) => /^(Browser|Tab|Utility GAN Studio (trainer|library))$/.test(name))
        .sort(),
    ),
  );
}
