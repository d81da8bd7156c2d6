/**
 * Steers a run in training: begins it, holds it between two steps, lets it go on or take one step, and ends
 * it. A last state that the disk refuses holds it too, until that is saved or the run is ended without it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunEvent, RunStatus } from '../contract/index.ts';
import type { RunInTraining } from '../training/index.ts';
import { runCancelled } from './failures.ts';

/** Turns of the event loop that it takes to read a waiting message and begin its command. */
const TURNS_TO_HEAR = 4;

/** A promise, and the function that resolves it. */
type Awaited = { promise: Promise<void>; done: () => void };
type Follower = { status: () => RunStatus; take: (events: RunEvent[]) => void };

export class Steering {
  /** Resolves when the run has let go of its folder and its data set; already resolved before it trains. */
  ended: Promise<void> = Promise.resolve();
  private readonly run: RunInTraining;
  private readonly steps: AsyncGenerator<RunEvent[]>;
  private readonly stops = new AbortController();
  private readonly endsUnsaved = new AbortController();
  private readonly unsaved = awaited();
  /** Ends a hold. */
  private release: (() => void) | undefined;
  /** One more array of events that is asked for while it is held. */
  private asked: Awaited | undefined;

  constructor(run: RunInTraining) {
    this.run = run;
    this.steps = run.steps(this.stops.signal, this.endsUnsaved.signal);
  }

  /**
   * Begins the run, and returns the events before its first step. Throws StudioError `cancelled` if the
   * signal comes before that; if it fails, it has let go of everything.
   */
  async begin(signal: AbortSignal): Promise<RunEvent[]> {
    try {
      await untilHeard(signal);
      const first = await this.steps.next();
      // The first samples take a while. A resumed run has changed its folder by now, so it is too late to
      // cancel.
      if (this.run.isNew) await untilHeard(signal);
      return first.done ? [] : first.value;
    } catch (error) {
      await this.steps.return(undefined);
      this.run.letGo();
      throw error;
    }
  }

  /**
   * Trains from here on: `take` is called with the events, and `status` returns the run's status after them.
   */
  train(watching: Follower): void {
    this.ended = this.follow(watching).finally(() => this.asked?.done());
  }

  /** Ends a hold. */
  goOn(): void {
    this.release?.();
  }

  /** Lets a held run do one more thing: take a step, or try again to save its last state. */
  async once(): Promise<void> {
    this.asked ??= awaited();
    const { promise } = this.asked;
    this.release?.();
    await Promise.race([promise, this.ended]);
  }

  /**
   * Ends the run after the running step. Resolves once it has let go of everything, or its last state waits
   * to be saved.
   */
  async stop(): Promise<void> {
    this.stops.abort();
    this.release?.();
    await Promise.race([this.ended, this.unsaved.promise]);
  }

  /** Ends the run without its last state. */
  async endUnsaved(): Promise<void> {
    this.stops.abort();
    this.endsUnsaved.abort();
    this.release?.();
    await this.ended;
  }

  /** Takes one step after another; between two of them, messages are answered. */
  private async follow({ status, take }: Follower): Promise<void> {
    try {
      await this.betweenSteps(status);
      for await (const events of this.steps) {
        take(events);
        if (status() === 'unsaved') this.unsaved.done();
        this.asked?.done();
        this.asked = undefined;
        await this.betweenSteps(status);
      }
    } catch {
      // An event has reported what ended it, and it is in the run's log.
    }
  }

  private async betweenSteps(status: () => RunStatus): Promise<void> {
    const { stops, endsUnsaved } = this;
    await nextTurn();
    const isHeld =
      (status() === 'paused' && !stops.signal.aborted) ||
      (status() === 'unsaved' && !endsUnsaved.signal.aborted);
    if (!isHeld || this.asked) return;
    await new Promise<void>((release) => {
      this.release = release;
    });
  }
}

/**
 * Throws StudioError `cancelled` if a command that came during a long piece of work has cancelled the run.
 */
async function untilHeard(signal: AbortSignal): Promise<void> {
  for (let turn = 0; turn < TURNS_TO_HEAR; turn++) await nextTurn();
  if (signal.aborted) throw runCancelled();
}

function awaited(): Awaited {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}
