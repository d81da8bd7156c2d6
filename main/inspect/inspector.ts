/** The inspector of one run. It keeps a copy of what the next step starts from until the run moves on. */
import {
  ALL_PHASES,
  StudioError,
  type CommandInput,
  type CommandOutput,
  type Comparison,
  type TraceRequest,
  type Move,
  type RunConfig,
  type Trace,
} from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { generatorPhase, phaseOf, requireClasses, type Batch, type Rules } from '../training/index.ts';
import { tf, type Tensors } from '../tensor.ts';
import { compareLosses } from './compare.ts';
import { moveOnCopy } from './move.ts';
import { nudge } from './finite-difference.ts';
import { newIn, stateBefore, type ChosenImage, type InspectedRun } from './inspected-run.ts';
import { traceTurn } from './trace.ts';

/** A copy of a run's state, which is the caller's to free. */
export type Snapshot = { step: number; state: Tensors; learningRateFactor: number };

/** How the inspector reads a run. `snapshot` called right after `step` belongs to the same step. */
export type InspectorSource = {
  config: RunConfig;
  rules: Rules;
  step(): number;
  snapshot(): Snapshot;
  /** The run's own data set, as long as it is open. */
  dataset?(): Dataset | undefined;
};

/** Opens the run's data set again, once the run has closed its own. */
type OpenData = (signal: AbortSignal) => Promise<Dataset>;

/**
 * What is kept of one step: what it starts from, and, by phase, what the turns before that phase change in
 * the state.
 */
type Held = { inspected: InspectedRun; states: Map<string, Tensors> };

export class Inspector {
  private readonly source: InspectorSource;
  private readonly openData: OpenData;
  /** The data set that the inspector has opened, where the run has closed its own. */
  private opening: Promise<Dataset> | undefined;
  private readonly end = new AbortController();
  private held: Held | undefined;

  constructor({ source, openData }: { source: InspectorSource; openData: OpenData }) {
    this.source = source;
    this.openData = openData;
  }

  /** Throws StudioError where the data set cannot be read any more, or the run has no such turn or image. */
  async trace(request: TraceRequest): Promise<Trace> {
    const held = await this.hold();
    return traceTurn(held.inspected, request, this.stateOf(held, request.phase));
  }

  async compare(chosen: ChosenImage): Promise<Comparison> {
    const held = await this.hold();
    return compareLosses(
      held.inspected,
      chosen,
      this.stateOf(held, generatorPhase(held.inspected.rules).name),
    );
  }

  async move({ mover, ...chosen }: CommandInput<'inspect.move'>): Promise<Move> {
    const held = await this.hold();
    // A phase alone starts, as in the run's own step, from what the phases before it leave.
    return moveOnCopy(held.inspected, {
      chosen,
      mover,
      state: mover === ALL_PHASES ? held.inspected.state : this.stateOf(held, mover),
    });
  }

  async nudge(asked: CommandInput<'inspect.nudge'>): Promise<CommandOutput<'inspect.nudge'>> {
    const held = await this.hold();
    return nudge(held.inspected, asked, this.stateOf(held, asked.request.phase));
  }

  /** The run's pictures, which stay open; throws StudioError where they cannot be read any more. */
  async dataset(): Promise<Dataset> {
    const dataset = this.source.dataset?.() ?? (await this.ownDataset());
    if (this.end.signal.aborted) throw gone();
    return dataset;
  }

  /** Frees the copy, before the run moves on. */
  forget(): void {
    if (this.held) tf.dispose([this.held.inspected.state, ...this.held.states.values()]);
    this.held = undefined;
  }

  dispose(): void {
    this.end.abort();
    this.forget();
    void this.opening?.then(
      (dataset) => dataset.close(),
      () => undefined,
    );
  }

  private async hold(): Promise<Held> {
    for (;;) {
      const step = this.source.step();
      if (this.held?.inspected.step === step) return this.held;
      const batch = await this.batchOf(step);
      if (this.end.signal.aborted) throw gone();
      if (this.held?.inspected.step !== step && this.source.step() === step) this.begin(batch);
    }
  }

  private begin(batch: Batch): void {
    this.forget();
    const { config, rules } = this.source;
    this.held = { inspected: { config, rules, batch, ...this.source.snapshot() }, states: new Map() };
  }

  private async batchOf(step: number): Promise<Batch> {
    const { batch, seed } = this.source.config;
    const dataset = await this.dataset();
    requireClasses(this.source.config, dataset);
    const stream = dataset.stream({ batch, seed, from: step });
    try {
      return await stream.take(step);
    } finally {
      stream.close();
    }
  }

  private ownDataset(): Promise<Dataset> {
    this.opening ??= this.openData(this.end.signal);
    // If it cannot be opened, the next call tries again.
    this.opening.catch(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private stateOf({ inspected, states }: Held, phaseName: string): Tensors {
    const known = states.get(phaseName);
    if (known) return { ...inspected.state, ...known };
    const state = tf.tidy(() => stateBefore(inspected, phaseOf(inspected.rules, phaseName)));
    states.set(phaseName, newIn(state, inspected.state));
    return state;
  }
}

function gone(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'The inspected run is no longer open.',
    remedy: 'Inspect the run that is open now.',
  });
}
