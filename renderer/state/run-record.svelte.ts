/** All that this window has seen of one run; stays readable after the run, or its process, has ended. */
import type { CurrentRun, Failure, RunConfig, RunEvent, RunStatus } from '#main/contract/index.ts';
import { LossSeries } from './loss-series.ts';
import { withGrid, type SampleGrid } from './sample-history.ts';

export type Progress = Extract<RunEvent, { type: 'progress' }>;

export class RunRecord {
  readonly losses = new LossSeries();
  /** Grows with every loss: read it to be told of new ones. */
  lossVersion = $state(0);
  config = $state.raw<RunConfig | undefined>();
  folder = $state.raw<string | undefined>();
  status = $state<RunStatus>('starting');
  step = $state(0);
  progress = $state.raw<Progress | undefined>();
  grids = $state.raw<SampleGrid[]>([]);
  checkpoint = $state<number | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly active = $derived(this.status === 'starting' || this.status === 'training' || this.status === 'paused');
  readonly fraction = $derived(this.config ? Math.min(1, this.step / this.config.steps) : 0);
  #lossCount = 0;

  constructor(config?: RunConfig) {
    this.config = config;
  }

  adopt({ folder, config, status, step }: CurrentRun): void {
    this.folder = folder;
    this.config = config;
    this.status = status;
    this.step = Math.max(this.step, step);
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case 'losses':
        this.losses.add(event);
        this.lossVersion = ++this.#lossCount;
        this.step = event.step;
        return;
      case 'progress':
        this.progress = event;
        this.step = event.step;
        return;
      case 'samples':
        if (event.images) this.grids = withGrid(this.grids, { step: event.step, images: event.images });
        return;
      case 'checkpoint-saved':
        this.checkpoint = event.step;
        return;
      case 'run-state':
        this.status = event.status;
        this.step = event.step;
        this.failure = event.failure;
        return;
      default:
        event satisfies never;
    }
  }

  fail(failure: Failure): void {
    this.status = 'failed';
    this.failure = failure;
  }
}
