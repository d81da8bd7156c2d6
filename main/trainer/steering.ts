/**
 * Steers a run in training: it is held between two steps, goes on, takes one step, and ends. A last state that the
 * disk refuses holds it too, until that is saved or given up.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunEvent, RunStatus } from '../contract/index.ts';
import type { RunInTraining } from '../training/index.ts';

/** Whoever waits for it, and how to say that it is there. */
type Awaited = { promise: Promise<void>; done: () => void };

export class Steering {
  /** When it has let go of its folder and its dataset. */
  readonly ended: Promise<void>;
  private readonly run: RunInTraining;
  private readonly statusNow: () => RunStatus;
  private readonly stops = new AbortController();
  private readonly givesUp = new AbortController();
  private readonly unsaved = awaited();
  /** Ends a hold. */
  private release: (() => void) | undefined;
  /** One answer that is asked for while it is held. */
  private asked: Awaited | undefined;

  /** Begins to train. `take` is given what happens, and `status` answers what that made of the run. */
  constructor({
    run,
    status,
    take,
  }: {
    run: RunInTraining;
    status: () => RunStatus;
    take: (events: RunEvent[]) => void;
  }) {
    this.run = run;
    this.statusNow = status;
    this.ended = this.follow(take).finally(() => this.asked?.done());
  }

  /** Ends a hold. */
  goOn(): void {
    this.release?.();
  }

  /** Has it do one thing more while it is held: take a step, or try again to save its last state. */
  async once(): Promise<void> {
    this.asked ??= awaited();
    const { promise } = this.asked;
    this.release?.();
    await Promise.race([promise, this.ended]);
  }

  /** Ends it after the running step; it has let go of everything then, or its last state waits to be saved. */
  async stop(): Promise<void> {
    this.stops.abort();
    this.release?.();
    await Promise.race([this.ended, this.unsaved.promise]);
  }

  /** Ends it without its last state. */
  async giveUp(): Promise<void> {
    this.stops.abort();
    this.givesUp.abort();
    this.release?.();
    await this.ended;
  }

  /** Asks for one answer after another; between two of them, messages are answered. */
  private async follow(take: (events: RunEvent[]) => void): Promise<void> {
    try {
      for await (const events of this.run.steps(this.stops.signal, this.givesUp.signal)) {
        take(events);
        if (this.statusNow() === 'unsaved') this.unsaved.done();
        this.asked?.done();
        this.asked = undefined;
        await nextTurn();
        await this.whileHeld();
      }
    } catch {
      // What ended it is told, and stands in the run's log.
    }
  }

  private async whileHeld(): Promise<void> {
    const { statusNow, stops, givesUp } = this;
    const isHeld =
      (statusNow() === 'paused' && !stops.signal.aborted) ||
      (statusNow() === 'unsaved' && !givesUp.signal.aborted);
    if (!isHeld || this.asked) return;
    await new Promise<void>((release) => {
      this.release = release;
    });
  }
}

function awaited(): Awaited {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}
