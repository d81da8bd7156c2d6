/** `resume`: an interrupted or stopped run goes on from its newest whole checkpoint. */
import path from 'node:path';
import { Run } from '../runs/index.ts';
import { beginAgain } from '../training/index.ts';
import { follow, interruptibly, openWithProgress, type Outcome } from './follow.ts';

/** Trains on to `steps` in all, or to the number that the run was started with. */
export async function resumeCommand({
  run: folder,
  steps,
  json,
}: {
  run: string;
  steps?: number;
  json: boolean;
}): Promise<Outcome> {
  const run = Run.open(path.resolve(folder));
  return interruptibly(async (signal) => {
    const dataset = await openWithProgress(run.config, signal);
    return follow({ open: () => run, make: () => beginAgain(run, steps), dataset, signal, json });
  });
}
