/**
 * Steers a run in training: it begins or is discarded, is held between two steps, goes on, takes one step, and ends. A
 * last state that the disk refuses holds it too, until that is saved, or the run is ended without it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunEvent, RunStatus } from '../contract/index.ts';
import type { RunInTraining } from '../training/index.ts';
import { runCancelled } from './failures.ts';

/** Turns of the event loop in which a message that waits is read and its command is begun. */
const TURNS_TO_HEAR = 4;

/** Whoever waits for it, and how to say that it is there. */
type Awaited = { promise: Promise<void>; done: () => void };
type Watching = { status: () => RunStatus; take: (events: RunEvent[]) => void };

export class Steering {
  /** When it has let go of its folder and its dataset; at once while it does not train. */
  ended: Promise<void> = Promise.resolve();
  private readonly run: RunInTraining;
  private readonly steps: AsyncGenerator<RunEvent[]>;
  private readonly stops = new AbortController();
  private readonly endsUnsaved = new AbortController();
  private readonly unsaved = awaited();
  /** Ends a hold. */
  private release: (() => void) | undefined;
  /** One answer that is asked for while it is held. */
  private asked: Awaited | undefined;

  constructor(run: RunInTraining) {
    this.run = run;
    this.steps = run.steps(this.stops.signal, this.endsUnsaved.signal);
  }

  /**
   * Begins, and answers what there is to tell before the first step. Throws StudioError `cancelled` if the signal
   * comes before that, and has let go of everything when it fails.
   */
  async begin(signal: AbortSignal): Promise<RunEvent[]> {
    try {
      await untilHeard(signal);
      const first = await this.steps.next();
      // The first samples take their time; a run that goes on has changed its folder by now.
      if (this.run.isNew) await untilHeard(signal);
      return first.done ? [] : first.value;
    } catch (error) {
      await this.steps.return(undefined);
      this.run.letGo();
      throw error;
    }
  }

  /** Trains from here on: `take` is given what happens, and `status` answers what that made of the run. */
  train(watching: Watching): void {
    this.ended = this.follow(watching).finally(() => this.asked?.done());
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
  async endUnsaved(): Promise<void> {
    this.stops.abort();
    this.endsUnsaved.abort();
    this.release?.();
    await this.ended;
  }

  /** Asks for one answer after another; between two of them, messages are answered. */
  private async follow({ status, take }: Watching): Promise<void> {
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
      // What ended it is told, and stands in the run's log.
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

/** Throws StudioError `cancelled` when a command that came during a long piece of work has given the signal. */
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
