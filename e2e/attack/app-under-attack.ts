/** What attacks on the app share: a small run, its processes, and the answers that no attack may bring about. */
import type { ElectronApplication } from '@playwright/test';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '#main/contract/index.ts';
import type { StudioPage } from '../studio-page.ts';
import { MISSHAPEN, NO_ANSWER } from './in-page.ts';

/** Codes that no message may end in. */
export const FAULTS = [
  'unexpected',
  'host-crashed',
  'misdirected',
  'stranger',
  'garbled',
  MISSHAPEN,
  NO_ANSWER,
];

/** Little enough for hundreds of runs. */
export const SMALL: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 4, distribution: 'normal' },
  samples: { count: 4, everySteps: 50 },
  checkpoints: { everySteps: 3, everyMinutes: 5, keep: 2 },
  measuring: { share: 0, best: 'distance' },
};
/** What the app answers; throws where it refuses. */
export async function ask(
  studio: StudioPage,
  name: Parameters<StudioPage['ask']>[0],
  input: unknown,
): Promise<unknown> {
  const answer = await studio.ask(name, input);
  if (answer.ok) return answer.output;
  throw new Error(`${name}: ${answer.failure.code}: ${answer.failure.message}`);
}

/** Trains a small run to its end, and answers its folder. */
export async function trainedRun(studio: StudioPage): Promise<string> {
  const config = { ...SMALL, name: 'Small', steps: 6 };
  const { folder } = (await ask(studio, 'run.start', { config })) as { folder: string };
  while (((await ask(studio, 'run.current', {})) as { status: string }).status !== 'finished')
    await studio.page.waitForTimeout(50);
  return folder;
}

/** The numbers of the app's own process, the page's and the hosts', by their names. */
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
