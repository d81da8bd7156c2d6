/**
 * The inspector of one run: holds a copy of what its next step starts from for as long as the run holds
 * still.
 */
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
import { newIn, stateBefore, type ChosenImage, type Specimen } from './specimen.ts';
import { traceTurn } from './trace.ts';

/** A run's state as a copy, which is the asker's to free. */
export type Snapshot = { step: number; state: Tensors; learningRateFactor: number };

/** Where the run stands; `snapshot` is of the same step as `step` in the same breath. */
export type Source = {
  config: RunConfig;
  rules: Rules;
  step(): number;
  snapshot(): Snapshot;
  /** The run's own dataset, as long as it is open. */
  dataset?(): Dataset | undefined;
};

/** Opens the run's pictures again, once it has closed its own. */
type OpenData = (signal: AbortSignal) => Promise<Dataset>;

/** What is held of one step: its start, and the states in which its later turns come. */
type Held = { specimen: Specimen; states: Map<string, Tensors> };

export class Inspector {
  private readonly source: Source;
  private readonly openData: OpenData;
  /** Where the run has closed its own. */
  private opening: Promise<Dataset> | undefined;
  private readonly end = new AbortController();
  private held: Held | undefined;

  constructor({ source, openData }: { source: Source; openData: OpenData }) {
    this.source = source;
    this.openData = openData;
  }

  /** Throws StudioError where the dataset cannot be read any more, or the run has no such turn or image. */
  async trace(request: TraceRequest): Promise<Trace> {
    const held = await this.hold();
    return traceTurn(held.specimen, request, this.stateOf(held, request.phase));
  }

  async compare(chosen: ChosenImage): Promise<Comparison> {
    const held = await this.hold();
    return compareLosses(held.specimen, chosen, this.stateOf(held, generatorPhase(held.specimen.rules).name));
  }

  async move({ mover, ...chosen }: CommandInput<'inspect.move'>): Promise<Move> {
    const held = await this.hold();
    // A phase alone moves as it does in its turn of the step, behind those before it.
    return moveOnCopy(held.specimen, {
      chosen,
      mover,
      state: mover === ALL_PHASES ? held.specimen.state : this.stateOf(held, mover),
    });
  }

  async nudge(asked: CommandInput<'inspect.nudge'>): Promise<CommandOutput<'inspect.nudge'>> {
    const held = await this.hold();
    return nudge(held.specimen, asked, this.stateOf(held, asked.request.phase));
  }

  /** The run's pictures, which stay open; throws StudioError where they cannot be read any more. */
  async dataset(): Promise<Dataset> {
    const dataset = this.source.dataset?.() ?? (await this.ownDataset());
    if (this.end.signal.aborted) throw gone();
    return dataset;
  }

  /** Lets go of what is held, before the run moves on. */
  forget(): void {
    if (this.held) tf.dispose([this.held.specimen.state, ...this.held.states.values()]);
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
      if (this.held?.specimen.step === step) return this.held;
      const batch = await this.batchOf(step);
      if (this.end.signal.aborted) throw gone();
      if (this.held?.specimen.step !== step && this.source.step() === step) this.begin(batch);
    }
  }

  private begin(batch: Batch): void {
    this.forget();
    const { config, rules } = this.source;
    this.held = { specimen: { config, rules, batch, ...this.source.snapshot() }, states: new Map() };
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
    this.opening.catch(() => {
      this.opening = undefined;
    }); // to be tried again
    return this.opening;
  }

  private stateOf({ specimen, states }: Held, phaseName: string): Tensors {
    const known = states.get(phaseName);
    if (known) return { ...specimen.state, ...known };
    const state = tf.tidy(() => stateBefore(specimen, phaseOf(specimen.rules, phaseName)));
    states.set(phaseName, newIn(state, specimen.state));
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
