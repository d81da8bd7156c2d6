/**
 * A run in training, from taking hold of its folder to letting go of it. Both the app and the command line
 * train by it.
 */
import { withLessMemory, type RunConfig, type RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { openRunLog } from './run-log.ts';
import { sharedEfficientNet } from '../metrics/index.ts';
import { createRun, holdRun, type Run } from '../runs/index.ts';
import { beginNew, type Beginning } from './beginning.ts';
import { Journal } from './journal.ts';
import type { Session } from './session.ts';
import { TrainingLoop } from './training-loop.ts';

export class RunInTraining {
  readonly run: Run;
  /** Whoever began the run disposes of it, once its models are needed no more. */
  readonly session: Session;
  /** What it trains on, with the held-out pictures apart. */
  readonly dataset: Dataset;
  private readonly loop: TrainingLoop;
  private readonly journal: Journal;
  private readonly damaged: Beginning['damaged'];
  private readonly precision: Beginning['precision'];
  private readonly release: () => void;

  private constructor(given: {
    run: Run;
    beginning: Beginning;
    dataset: Dataset;
    program: string;
    features: string | undefined;
    release: () => void;
  }) {
    const { run, beginning, dataset, program, features, release } = given;
    const { session, trainedSeconds, damaged, precision } = beginning;
    this.run = run;
    this.session = session;
    this.dataset = dataset;
    this.damaged = damaged;
    this.precision = precision;
    this.release = release;
    this.journal = new Journal(run, openRunLog({ folder: run.folder, config: run.config, program }));
    const network = () => sharedEfficientNet(features);
    this.loop = new TrainingLoop({ session, dataset, run, trainedSeconds, journal: this.journal, network });
  }

  /**
   * Opens and holds the run, and holds out of the data set what its config says. `program` is the name under
   * which the run is held. `features`: where the weights of the network for metrics lie. If it fails,
   * everything is closed, the data set too.
   */
  static begin({
    open,
    make,
    dataset,
    program,
    features,
  }: {
    open: () => Run;
    make: (run: Run) => Beginning;
    dataset: Dataset;
    program: string;
    features?: string | undefined;
  }): RunInTraining {
    let release: (() => void) | undefined;
    let beginning: Beginning | undefined;
    let run: Run | undefined;
    try {
      run = open();
      release = holdRun(run.folder, program);
      beginning = make(run);
      const apart = dataset.holdOut?.(run.config) ?? dataset;
      return new RunInTraining({ run, beginning, dataset: apart, program, features, release });
    } catch (error) {
      dataset.close();
      beginning?.session.dispose();
      release?.();
      throw run ? withLessMemory(error, run.config) : error;
    }
  }

  /** A new run, in a folder that is not there yet; as `begin`. */
  static beginNew({
    folder,
    config,
    ...how
  }: {
    folder: string;
    config: RunConfig;
    dataset: Dataset;
    program: string;
    features?: string | undefined;
  }): RunInTraining {
    const open = () => createRun(folder, config, how.dataset);
    return RunInTraining.begin({ ...how, open, make: (run) => beginNew(run.config) });
  }

  /** Whether its log had no events before. */
  get isNew(): boolean {
    return !this.loop.goesOn;
  }

  /**
   * Trains to the end or the signal; each array has the events of a step. A last state that the disk refuses
   * waits, and saving is tried again each time the next array is asked for, until `endsUnsaved`; without that
   * signal the run ends at once, and that state is lost. Finally lets go of the folder and the data set.
   * Throws the error that ended it, after the event about it.
   */
  async *steps(signal: AbortSignal, endsUnsaved?: AbortSignal): AsyncGenerator<RunEvent[]> {
    try {
      if (this.damaged.length > 0)
        yield this.damaged.flatMap((error) => this.tell(passedOver(error, this.session.step)));
      let { precision } = this;
      for await (const events of this.loop.steps({ signal, ...(endsUnsaved && { endsUnsaved }) })) {
        yield precision ? [...events, ...this.tell(precision)] : events;
        precision = undefined;
      }
    } catch (error) {
      this.journal.error(error);
      throw error;
    } finally {
      this.letGo();
    }
  }

  /** Lets go of the folder and the data set; for a run whose `steps` are not taken. */
  letGo(): void {
    try {
      this.dataset.close();
    } finally {
      this.release();
    }
  }

  /** Seconds that measuring has taken since training began. */
  get measuringSeconds(): number {
    return this.loop.measuringSeconds;
  }

  /** Saves a checkpoint, between two steps. */
  save(): RunEvent[] {
    return this.loop.save();
  }

  /** Logs something that happened beside the steps; returns the events to pass on. */
  tell(event: RunEvent): RunEvent[] {
    return this.journal.write(event);
  }
}

function passedOver({ code, message, remedy }: Beginning['damaged'][number], step: number): RunEvent {
  return { type: 'warning', step, failure: { code, message: `${message} An earlier one is used.`, remedy } };
}
