/**
 * What the inspector reads: a run in training, or a checkpoint. It computes in float32 even if the run does
 * not, since it explains numbers and compares losses that differ by little.
 */
import type { Dataset } from '../datasets/index.ts';
import type { InspectorSource } from '../inspect/index.ts';
import type { Run } from '../runs/index.ts';
import { rulesOf, type Session, stateFrom } from '../training/index.ts';

/** The session as it is now, and its data set for as long as that is open. */
export function sessionSource(session: Session, dataset: () => Dataset | undefined): InspectorSource {
  return {
    config: session.config,
    rules: { ...session.rules, precision: 'float32' },
    step: () => session.step,
    snapshot: () => session.snapshot(),
    dataset,
  };
}

/** The checkpoint of a step, read when it is first inspected. */
export function checkpointSource(run: Run, step: number): InspectorSource {
  const rules = rulesOf({ ...run.config, precision: 'float32' });
  return {
    config: run.config,
    rules,
    step: () => step,
    snapshot() {
      const checkpoint = run.checkpoint(step);
      return {
        step: checkpoint.step,
        state: stateFrom(rules, checkpoint),
        learningRateFactor: checkpoint.learningRateFactor,
      };
    },
  };
}
