/** How long the next run is to train: as its preset says, for so many steps, or for so much time. */
import type { CommandOutput, RunConfig } from '#main/contract/index.ts';
import { ofPreset } from './preset-match.ts';
import type { Settings } from './settings.svelte.ts';

/** How long a run takes on this machine. */
export type Pace = Pick<CommandOutput<'run.estimate'>, 'secondsToBegin' | 'secondsPerStep'>;

/** The most steps that a run may have. */
const MOST_STEPS = 100_000_000;

export class RunLength {
  /** What stays as it is when another setting changes: the preset's steps, these steps, or the time. */
  kept = $state<'preset' | 'steps' | 'time'>('preset');
  /** Seconds that the person has for the run; heeded while the time is kept. */
  seconds = $state(0);
  /**
   * The time is kept, and the steps that fit into it are not known yet: the pace is not that of these
   * settings.
   */
  readonly isPending: boolean = $derived.by(() => this.kept === 'time' && this.#fitted !== this.#paced);

  readonly #settings: Pick<Settings, 'draft' | 'origin'>;
  /** What the pace of a run depends on, as a key. */
  readonly #paced: string = $derived.by(
    () => `${this.#dataChanges} ${paceKey($state.snapshot(this.#settings.draft))}`,
  );
  /** What the steps were fitted to the kept time for. */
  #fitted = $state<string | undefined>();
  #dataChanges = $state(0);

  constructor(settings: Pick<Settings, 'draft' | 'origin'>) {
    this.#settings = settings;
  }

  get stepsOfPreset(): number {
    return ofPreset(this.#settings.origin.preset).steps;
  }

  /** The person chose the steps. */
  setSteps(steps: number): void {
    this.#settings.draft.steps = steps;
    this.kept = 'steps';
  }

  /** The person chose as many steps as the preset says. */
  setStepsOfPreset(): void {
    this.#settings.draft.steps = this.stepsOfPreset;
    this.kept = 'preset';
  }

  /** The person chose the time; the pace of these settings is given as soon as it is known. */
  setSeconds(seconds: number, pace: Pace | undefined): void {
    this.kept = 'time';
    this.seconds = seconds;
    this.#fitted = undefined;
    this.keepTime(pace);
  }

  /** Fits the steps to the time that is kept, if it is. */
  keepTime(pace: Pace | undefined): void {
    const steps = this.kept === 'time' && pace ? stepsIn(this.seconds, pace) : undefined;
    if (steps === undefined) return;
    this.#settings.draft.steps = steps;
    this.#fitted = this.#paced;
  }

  /** Takes the steps of another preset, if those are kept. */
  followPreset(): void {
    if (this.kept === 'preset') this.setStepsOfPreset();
  }

  /** A run's steps were taken over. */
  takeOver(steps: number): void {
    this.kept = steps === this.stepsOfPreset ? 'preset' : 'steps';
  }

  /** Other pictures may have another pace. */
  dataChanged(): void {
    this.#dataChanges++;
  }
}

/** Whole steps that fit into so many seconds, one at least; undefined where the pace tells nothing. */
export function stepsIn(seconds: number, { secondsToBegin, secondsPerStep }: Pace): number | undefined {
  const steps = Math.round((seconds - secondsToBegin) / secondsPerStep);
  return Number.isFinite(steps) ? Math.min(MOST_STEPS, Math.max(1, steps)) : undefined;
}

/**
 * The same for settings that are as fast as each other: those that a step's time does not depend on are left
 * out.
 */
export function paceKey(config: RunConfig): string {
  return JSON.stringify({ ...config, name: '', seed: 0, steps: 0 });
}

/** Seconds that so many steps take. */
export function secondsOf(steps: number, { secondsToBegin, secondsPerStep }: Pace): number {
  return secondsToBegin + steps * secondsPerStep;
}
