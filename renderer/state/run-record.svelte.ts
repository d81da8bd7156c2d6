/**
 * All that the window knows about one run, from its events and its folder, also after the run or its process
 * has ended.
 */
import {
  toFailure,
  type Api,
  type CurrentRun,
  type Failure,
  type Finding,
  type RunConfig,
  type RunEvent,
  type RunHistory,
  type RunStatus,
} from '#main/contract/index.ts';
import { dataChangeFailure, withDataChange } from './data-changes.ts';
import { refusedStep, withoutRemark, withRemark, type Remark } from './remarks.ts';
import { Checkpoints } from './checkpoints.svelte.ts';
import { RunCurves } from './run-curves.svelte.ts';
import { RunQuality } from './run-quality.svelte.ts';
import { Samples } from './samples.svelte.ts';
import { SKIPPED_LINES, skippedLinesFailure } from './skipped-lines.ts';

export type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Milliseconds after which an event is certainly in the run's log, which is written with a delay. */
const LOG_DELAY = 2500;

export class RunRecord {
  readonly curves = new RunCurves();
  readonly quality = new RunQuality();
  readonly samples: Samples;
  readonly checkpoints: Checkpoints;
  config = $state.raw<RunConfig | undefined>();
  folder = $state.raw<string | undefined>();
  status = $state<RunStatus>('starting');
  step = $state(0);
  progress = $state.raw<Progress | undefined>();
  /** Step of the newest checkpoint that came as an event. */
  checkpoint = $state<number | undefined>();
  remarks = $state.raw<readonly Remark[]>([]);
  /** The steps from which it trained on other pictures, rising. */
  dataChanges = $state.raw<RunHistory['dataChanges']>([]);
  /** The findings about its health. */
  health = $state.raw<readonly Finding[]>([]);
  failure = $state.raw<Failure | undefined>();
  /** Seconds spent training, without pauses; undefined until an event has them. */
  trainedSeconds = $state<number | undefined>();
  /** Whether the past is being read from the run's folder. */
  loading = $state(false);
  /** Why the past could not be read. */
  historyFailure = $state.raw<Failure | undefined>();
  readonly active = $derived(['starting', 'training', 'paused', 'unsaved'].includes(this.status));
  readonly fraction = $derived(this.config ? Math.min(1, this.step / this.config.steps) : 0);
  /** At its last speed; undefined until that is known. */
  readonly secondsPerStep = $derived(
    this.config && this.progress && this.progress.imagesPerSecond > 0
      ? this.config.batch / this.progress.imagesPerSecond
      : undefined,
  );
  readonly #api: Api;
  /** The step up to which `trainedSeconds` counts. */
  #timedAt = 0;

  constructor(api: Api, known: { config?: RunConfig; folder?: string } = {}) {
    this.#api = api;
    this.config = known.config;
    this.folder = known.folder;
    this.samples = new Samples({
      read: (step) => api.call('runs.samples', { folder: this.folder ?? '', step }),
    });
    this.checkpoints = new Checkpoints(api, () => this.folder);
  }

  adopt({ folder, config, status, step }: CurrentRun): void {
    this.folder = folder;
    this.config = config;
    this.status = status;
    this.step = Math.max(this.step, step);
  }

  /** Reads from the run's folder what happened before the events that came. */
  async readPast(): Promise<void> {
    if (this.folder === undefined || this.loading) return;
    this.loading = true;
    this.historyFailure = undefined;
    try {
      this.#addPast(await this.#api.call('runs.history', { folder: this.folder }));
    } catch (error) {
      this.historyFailure = toFailure(error);
    } finally {
      this.loading = false;
    }
  }

  /** Reads the past of a run under way, and once more after a delay, since its log is written late. */
  async joinPast(): Promise<void> {
    await this.readPast();
    if (!this.active) return;
    await new Promise((resolve) => setTimeout(resolve, LOG_DELAY));
    await this.readPast();
  }

  /** Shows the samples of the step at which the run is open, unless it is under way. */
  showItsSamples(): void {
    if (!this.active) this.samples.showNearest(this.step);
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case 'losses':
        this.step = event.step;
        return this.curves.apply(event);
      case 'progress':
        this.step = event.step;
        this.progress = event;
        return;
      case 'samples':
        return this.samples.add(event);
      case 'checkpoint-saved':
        this.checkpoint = event.step;
        return this.#noteTime(event);
      case 'measures':
      case 'yardsticks':
      case 'best':
        return this.quality.apply(event);
      case 'health':
        return void (this.health = event.findings);
      case 'resumed':
        this.status = 'training';
        return this.#goBack(event.step);
      case 'step-refused':
        this.#goBack(event.step);
        return this.#remark({ step: event.refusedStep, failure: refusedStep(event) });
      case 'warning':
        return this.#remark(event);
      case 'trouble-over':
        return void (this.remarks = withoutRemark(this.remarks, event.code));
      case 'data-changed':
        return this.#noteDataChanges([event]);
      case 'precision':
        return this.#settle({ precision: event.precision });
      case 'run-state':
        return this.#takeState(event);
      default:
        event satisfies never;
    }
  }

  /** Seconds spent training up to the newest step, extrapolated from the last event that had them. */
  get secondsSoFar(): number | undefined {
    if (this.trainedSeconds === undefined) return undefined;
    return this.trainedSeconds + Math.max(0, this.step - this.#timedAt) * (this.secondsPerStep ?? 0);
  }

  /** The last number of each loss and of each metric that has one. */
  get newest(): { losses: Record<string, number>; metrics: Record<string, number> } {
    const metrics = Object.entries(this.quality.newest).map(([kind, { value }]) => [kind, value] as const);
    return { losses: this.curves.newest, metrics: Object.fromEntries(metrics) };
  }

  fail(failure: Failure, status: 'failed' | 'interrupted' = 'failed'): void {
    this.status = status;
    this.failure = failure;
  }

  forget(remark: Remark): void {
    this.remarks = this.remarks.filter((each) => each !== remark);
  }

  #remark(remark: Parameters<typeof withRemark>[1]): void {
    this.remarks = withRemark(this.remarks, remark);
  }

  /** Takes over settings that the run has changed itself. */
  #settle(changes: Partial<RunConfig>): void {
    if (this.config) this.config = { ...this.config, ...changes };
  }

  #takeState(event: Extract<RunEvent, { type: 'run-state' }>): void {
    this.status = event.status;
    this.step = event.step;
    this.failure = event.failure;
    // A failure that ended the run replaces the warnings of the same code.
    this.remarks = withoutRemark(this.remarks, event.failure?.code);
    this.#noteTime(event);
  }

  #addPast(past: RunHistory): void {
    const { samples, dataChanges, health, skipped } = past;
    this.#noteDataChanges(dataChanges);
    this.quality.addPast(past);
    this.curves.addPast(past);
    this.samples.addPast(samples);
    if (this.health.length === 0) this.health = health;
    this.#noteSkipped(skipped);
  }

  /** A change that comes both as an event and with the past is noted once. */
  #noteDataChanges(changes: RunHistory['dataChanges']): void {
    for (const change of changes) {
      const { step: at, message: text } = change;
      if (this.dataChanges.some(({ step, message }) => step === at && message === text)) continue;
      this.dataChanges = withDataChange(this.dataChanges, change);
      this.#remark({ step: change.step, failure: dataChangeFailure(change) });
    }
  }

  /** Makes a remark once, however often the past is read. */
  #noteSkipped(lines: number): void {
    if (lines === 0 || this.remarks.some(({ code }) => code === SKIPPED_LINES)) return;
    this.#remark({ step: 0, failure: skippedLinesFailure(lines) });
  }

  #noteTime({ step, trainedSeconds }: { step: number; trainedSeconds?: number | undefined }): void {
    if (trainedSeconds === undefined) return;
    this.trainedSeconds = trainedSeconds;
    this.#timedAt = step;
  }

  /** Drops what came after a step that the run went back to. */
  #goBack(step: number): void {
    this.curves.dropBeyond(step);
    this.quality.dropBeyond(step);
    this.samples.dropBeyond(step);
    this.step = step;
    this.progress = undefined;
    this.failure = undefined;
  }
}

/** The config and the folder of a run, once both are known. */
export function runOf({ config, folder }: RunRecord): { config: RunConfig; folder: string } | undefined {
  return config && folder !== undefined ? { config, folder } : undefined;
}
