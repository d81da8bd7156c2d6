/** How long the next run will train: for the steps of its preset, for a number of steps, or for a time. */
import type { CommandOutput, RunConfig } from '#main/contract/index.ts';
import { ofPreset } from './preset-match.ts';
import type { Settings } from './settings.svelte.ts';

/** How fast a run is on this machine, in seconds. */
export type Pace = Pick<CommandOutput<'run.estimate'>, 'secondsToBegin' | 'secondsPerStep'>;

/** The most steps that a run may have. */
const MOST_STEPS = 100_000_000;

export class RunLength {
  /**
   * What stays the same when other settings change: the preset's steps, the steps of the draft, or the time.
   */
  kept = $state<'preset' | 'steps' | 'time'>('preset');
  /** The time that the person has for the run, in seconds; it counts while the time is kept. */
  seconds = $state(0);
  /**
   * Whether the time is kept and the steps that fit into it are not known yet, as the pace is that of other
   * settings.
   */
  readonly isPending: boolean = $derived.by(() => this.kept === 'time' && this.#fitted !== this.#paced);

  readonly #settings: Pick<Settings, 'draft' | 'origin'>;
  /** A key of everything that the pace of a run depends on. */
  readonly #paced: string = $derived.by(
    () => `${this.#dataChanges} ${paceKey($state.snapshot(this.#settings.draft))}`,
  );
  /** The key for which the steps were fitted to the kept time. */
  #fitted = $state<string | undefined>();
  #dataChanges = $state(0);

  constructor(settings: Pick<Settings, 'draft' | 'origin'>) {
    this.#settings = settings;
  }

  get stepsOfPreset(): number {
    return ofPreset(this.#settings.origin.preset).steps;
  }

  /** Keeps a number of steps that the person chose. */
  setSteps(steps: number): void {
    this.#settings.draft.steps = steps;
    this.kept = 'steps';
  }

  /** Keeps the steps of the preset, as the person chose. */
  setStepsOfPreset(): void {
    this.#settings.draft.steps = this.stepsOfPreset;
    this.kept = 'preset';
  }

  /**
   * Keeps a time that the person chose; if the pace is not known yet, `keepTime` fits the steps to it later.
   */
  setSeconds(seconds: number, pace: Pace | undefined): void {
    this.kept = 'time';
    this.seconds = seconds;
    this.#fitted = undefined;
    this.keepTime(pace);
  }

  /** Fits the steps to the time, if the time is kept. */
  keepTime(pace: Pace | undefined): void {
    const steps = this.kept === 'time' && pace ? stepsIn(this.seconds, pace) : undefined;
    if (steps === undefined) return;
    this.#settings.draft.steps = steps;
    this.#fitted = this.#paced;
  }

  /** Takes the steps of another preset, if the preset's steps are kept. */
  followPreset(): void {
    if (this.kept === 'preset') this.setStepsOfPreset();
  }

  /** Keeps the steps that were taken over from a run. */
  takeOver(steps: number): void {
    this.kept = steps === this.stepsOfPreset ? 'preset' : 'steps';
  }

  /** Call it when the data set has changed, with which the pace may change. */
  dataChanged(): void {
    this.#dataChanges++;
  }
}

/** The whole steps that fit into a time, at least one; undefined if the pace says nothing. */
export function stepsIn(seconds: number, { secondsToBegin, secondsPerStep }: Pace): number | undefined {
  const steps = Math.round((seconds - secondsToBegin) / secondsPerStep);
  return Number.isFinite(steps) ? Math.min(MOST_STEPS, Math.max(1, steps)) : undefined;
}

/** A key of the settings that the pace depends on: all but the name, the seed and the steps. */
export function paceKey(config: RunConfig): string {
  return JSON.stringify({ ...config, name: '', seed: 0, steps: 0 });
}

/** The seconds that a number of steps take. */
export function secondsOf(steps: number, { secondsToBegin, secondsPerStep }: Pace): number {
  return secondsToBegin + steps * secondsPerStep;
}
