/** How long the next run is to train: as its preset says, for so many steps, or for so much time. */
import type { CommandOutput, RunConfig } from '#main/contract/index.ts';

/** How long a run takes on this machine. */
export type Pace = Pick<CommandOutput<'run.estimate'>, 'secondsToBegin' | 'secondsPerStep'>;

/** The most steps that a run may have. */
const MOST_STEPS = 100_000_000;

export class RunLength {
  /** What stays as it is when another setting changes: the preset's steps, these steps, or the time. */
  kept = $state<'preset' | 'steps' | 'time'>('preset');
  /** Seconds that the person has for the run; heeded while the time is kept. */
  seconds = $state(0);

  /** The person chose the steps. */
  keepSteps(): void {
    this.kept = 'steps';
  }

  /** The person chose the time. */
  keepTime(seconds: number): void {
    this.kept = 'time';
    this.seconds = seconds;
  }

  keepPreset(): void {
    this.kept = 'preset';
  }

  /** Steps for the time that is kept; undefined where it is not the time, or nothing is known of the machine. */
  stepsAt(pace: Pace | undefined): number | undefined {
    return this.kept === 'time' && pace ? stepsIn(this.seconds, pace) : undefined;
  }
}

/** Whole steps that fit into so many seconds, one at least; undefined where the pace tells nothing. */
export function stepsIn(seconds: number, { secondsToBegin, secondsPerStep }: Pace): number | undefined {
  const steps = Math.round((seconds - secondsToBegin) / secondsPerStep);
  return Number.isFinite(steps) ? Math.min(MOST_STEPS, Math.max(1, steps)) : undefined;
}

/** The same for settings that are as fast as each other: those that a step's time does not depend on are left out. */
export function paceKey(config: RunConfig): string {
  return JSON.stringify({ ...config, name: '', seed: 0, steps: 0 });
}

/** Seconds that so many steps take. */
export function secondsOf(steps: number, { secondsToBegin, secondsPerStep }: Pace): number {
  return secondsToBegin + steps * secondsPerStep;
}
