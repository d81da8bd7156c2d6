/** How far a run is, as an event. */
import type { RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Run } from '../runs/index.ts';
import { remainingWork } from './remaining-work.ts';
import type { BackgroundMeasuring } from './background-measuring.ts';
import type { Session } from './session.ts';
import type { Speedometer } from './speedometer.ts';

/** `secondsLeft` includes background measuring; it is left out until the speed is known. */
export function progressOf(
  { session: { config, rules, step }, run, dataset }: { session: Session; run: Run; dataset: Dataset },
  speedometer: Speedometer,
  background: BackgroundMeasuring,
): RunEvent {
  const secondsLeft = speedometer.secondsLeft(remainingWork({ config: run.config, rules, step }));
  return {
    type: 'progress',
    step,
    steps: run.config.steps,
    epoch: (step * config.batch) / dataset.count,
    imagesSeen: step * config.batch,
    imagesPerSecond: speedometer.imagesPerSecond,
    ...(secondsLeft !== undefined && { secondsLeft: background.withMeasuring(secondsLeft) }),
  };
}
