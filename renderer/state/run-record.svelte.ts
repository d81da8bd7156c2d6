/**
 * All that is known of one run, from its events and its folder; stays readable after the run, or its process,
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
import { changeWords, withDataChange } from './data-changes.ts';
import { LossSeries } from './loss-series.ts';
import { refusedStep, withoutRemark, withRemark, type Remark } from './remarks.ts';
import { Checkpoints } from './checkpoints.svelte.ts';
import { RunQuality } from './run-quality.svelte.ts';
import { Samples } from './samples.svelte.ts';
import { SKIPPED_LINES, skippedWords } from './skipped-lines.ts';

export type Progress = Extract<RunEvent, { type: 'progress' }>;

/** Milliseconds after which a run's log holds what it was told. */
const LOG_DELAY = 2500;

export class RunRecord {
  /** By phase. */
  readonly losses = new LossSeries();
  /** What stabilisers told of themselves, of the same steps. */
  readonly measures = new LossSeries();
  readonly quality = new RunQuality();
  readonly samples: Samples;
  /** Those on disk. */
  readonly checkpoints: Checkpoints;
  /** Changes with every change of losses or measures: read it to be told of them. */
  lossVersion = $state(0);
  config = $state.raw<RunConfig | undefined>();
  folder = $state.raw<string | undefined>();
  status = $state<RunStatus>('starting');
  step = $state(0);
  progress = $state.raw<Progress | undefined>();
  checkpoint = $state<number | undefined>();
  remarks = $state.raw<readonly Remark[]>([]);
  /** Where it went on with other pictures, by rising step. */
  dataChanges = $state.raw<RunHistory['dataChanges']>([]);
  /** What is said of how it does. */
  health = $state.raw<readonly Finding[]>([]);
  failure = $state.raw<Failure | undefined>();
  /** Spent training, pauses left out; undefined until the run says so. */
  trainedSeconds = $state<number | undefined>();
  /** The past is being read from the run's folder. */
  loading = $state(false);
  /** Why the past could not be read. */
  historyFailure = $state.raw<Failure | undefined>();
  readonly active = $derived(['starting', 'training', 'paused', 'unsaved'].includes(this.status));
  readonly fraction = $derived(this.config ? Math.min(1, this.step / this.config.steps) : 0);
  /** As fast as it trained last; undefined until that is known. */
  readonly secondsPerStep = $derived(
    this.config && this.progress && this.progress.imagesPerSecond > 0
      ? this.config.batch / this.progress.imagesPerSecond
      : undefined,
  );
  readonly #api: Api;
  #changes = 0;
  /** Step of which `trainedSeconds` tells. */
  #timedAt = 0;
  /** First step whose losses came as an event. */
  #liveFrom = Infinity;

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

  /** Reads the losses before those that came as events, and the steps of the samples. */
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

  /** Reads the past of a run under way, again once what its log held back is written. */
  async joinPast(): Promise<void> {
    await this.readPast();
    if (!this.active) return;
    await new Promise((resolve) => setTimeout(resolve, LOG_DELAY));
    await this.readPast();
  }

  /** Shows the samples of a run that holds still as they were at the step that it is at. */
  showItsSamples(): void {
    if (!this.active) this.samples.showNearest(this.step);
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case 'losses':
        this.#addLosses(event);
        return;
      case 'progress':
        this.progress = event;
        this.step = event.step;
        return;
      case 'samples':
        this.samples.add(event);
        return;
      case 'checkpoint-saved':
        this.checkpoint = event.step;
        this.#noteTime(event);
        return;
      case 'measures':
      case 'yardsticks':
      case 'best':
        this.quality.apply(event);
        return;
      case 'health':
        this.health = event.findings;
        return;
      case 'resumed':
        this.#goBack(event.step);
        this.status = 'training';
        return;
      case 'step-refused':
        this.#goBack(event.step);
        this.remarks = withRemark(this.remarks, { step: event.refusedStep, failure: refusedStep(event) });
        return;
      case 'warning':
        this.remarks = withRemark(this.remarks, event);
        return;
      case 'trouble-over':
        this.remarks = withoutRemark(this.remarks, event.code);
        return;
      case 'data-changed':
        this.#noteDataChanges([event]);
        return;
      case 'precision':
        if (this.config) this.config = { ...this.config, precision: event.precision };
        return;
      case 'run-state':
        this.#takeState(event);
        return;
      default:
        event satisfies never;
    }
  }

  /** Spent training up to the newest step, reckoned where it was last told of an earlier one. */
  get secondsSoFar(): number | undefined {
    if (this.trainedSeconds === undefined) return undefined;
    return this.trainedSeconds + Math.max(0, this.step - this.#timedAt) * (this.secondsPerStep ?? 0);
  }

  /** The last number of each loss and of each metric, as far as there are any. */
  get newest(): { losses: Record<string, number>; metrics: Record<string, number> } {
    const metrics = Object.entries(this.quality.newest).map(([kind, { value }]) => [kind, value] as const);
    return {
      losses: this.lossVersion === 0 ? {} : this.losses.last,
      metrics: Object.fromEntries(metrics),
    };
  }

  fail(failure: Failure, status: 'failed' | 'interrupted' = 'failed'): void {
    this.status = status;
    this.failure = failure;
  }

  forget(remark: Remark): void {
    this.remarks = this.remarks.filter((each) => each !== remark);
  }

  #addLosses({ step, losses, measures = {} }: Extract<RunEvent, { type: 'losses' }>): void {
    this.losses.add({ step, numbers: losses });
    this.measures.add({ step, numbers: measures });
    this.#liveFrom = Math.min(this.#liveFrom, step);
    this.lossVersion = ++this.#changes;
    this.step = step;
  }

  #takeState(event: Extract<RunEvent, { type: 'run-state' }>): void {
    this.status = event.status;
    this.step = event.step;
    this.failure = event.failure;
    // One message for one trouble: what ended the run stands in place of the warnings before.
    this.remarks = withoutRemark(this.remarks, event.failure?.code);
    this.#noteTime(event);
  }

  #addPast(past: RunHistory): void {
    const { steps, losses, measures, samples, dataChanges, health, skipped } = past;
    this.#noteDataChanges(dataChanges);
    this.quality.addPast(past);
    this.losses.setPast({ steps, numbers: losses }, this.#liveFrom);
    this.measures.setPast({ steps, numbers: measures }, this.#liveFrom);
    this.lossVersion = ++this.#changes;
    this.samples.addPast(samples);
    if (this.health.length === 0) this.health = health;
    this.#noteSkipped(skipped);
  }

  /** One that comes both as an event and with the past is said once. */
  #noteDataChanges(changes: RunHistory['dataChanges']): void {
    for (const change of changes) {
      const { step: at, message: text } = change;
      if (this.dataChanges.some(({ step, message }) => step === at && message === text)) continue;
      this.dataChanges = withDataChange(this.dataChanges, change);
      this.remarks = withRemark(this.remarks, { step: change.step, failure: changeWords(change) });
    }
  }

  /** The past may be read again. */
  #noteSkipped(lines: number): void {
    if (lines === 0 || this.remarks.some(({ code }) => code === SKIPPED_LINES)) return;
    this.remarks = withRemark(this.remarks, { step: 0, failure: skippedWords(lines) });
  }

  #noteTime({ step, trainedSeconds }: { step: number; trainedSeconds?: number | undefined }): void {
    if (trainedSeconds === undefined) return;
    this.trainedSeconds = trainedSeconds;
    this.#timedAt = step;
  }

  /** What came after this step did not last. */
  #goBack(step: number): void {
    this.losses.dropBeyond(step);
    this.measures.dropBeyond(step);
    this.quality.dropBeyond(step);
    this.lossVersion = ++this.#changes;
    this.samples.dropBeyond(step);
    this.step = step;
    this.progress = undefined;
    this.failure = undefined;
  }
}

/** The run by its settings and its folder, once both are known. */
export function runOf({ config, folder }: RunRecord): { config: RunConfig; folder: string } | undefined {
  return config && folder !== undefined ? { config, folder } : undefined;
}
