/**
 * A small pool of decoder processes. A picture that makes a process hang, crash or take too much memory is
 * left out with that reason.
 */
import type { StartDecoder } from './decoder-process.ts';
import { broken, cancelled, tooSlow, whyEnded } from './failures.ts';
import { createMemoryBudget } from './memory-budget.ts';
import type { FromDecoder, ToDecoder } from './messages.ts';
import { Worker, type Job, type Outcome } from './worker.ts';

/**
 * How many pictures took too long, how many crashed their decoder twice, and the most bytes that a process
 * has held.
 */
export type Tally = { deadlines: number; aborts: number; memory: number };

export type DecoderLimits = {
  /** How long a picture may take, and how much longer for each million pixels. */
  milliseconds: number;
  millisecondsPerMegapixel: number;
  /** How long processes without work are kept. */
  idleMilliseconds: number;
};

/** The most pixels of large pictures that are decoded at once; a larger picture is decoded alone. */
const PIXELS_AT_ONCE = 50_000_000;
/** Jobs sent to a process at once: the current one and the next, so that it need not wait after an answer. */
const JOBS_AT_ONCE = 2;
/** After this many processes in a row that ended before they were ready, decoding is given up as broken. */
const MOST_FAILED_STARTS = 5;

/** Starts its processes when there is work, `count` of them at most. */
export class Pool {
  readonly tally: Tally = { deadlines: 0, aborts: 0, memory: 0 };
  private readonly start: StartDecoder;
  private readonly limits: DecoderLimits;
  private readonly count: number;
  private readonly budget = createMemoryBudget(PIXELS_AT_ONCE);
  private readonly workers = new Set<Worker>();
  private waiting: Job[] = [];
  private failedStarts = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(start: StartDecoder, { count, limits }: { count: number; limits: DecoderLimits }) {
    this.start = start;
    this.count = count;
    this.limits = limits;
  }

  async run(message: ToDecoder, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted) throw cancelled();
    let cancel = (): void => undefined;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      const job: Job = { message, settle: { resolve, reject }, crashes: 0 };
      cancel = () => this.cancel(job);
      this.waiting.push(job);
    });
    signal?.addEventListener('abort', cancel, { once: true });
    this.giveWork();
    // Not by the listener's option `signal`: Node 18 in Electron loses the listener at a garbage collection.
    return outcome.finally(() => signal?.removeEventListener('abort', cancel));
  }

  close(): void {
    for (const job of this.waiting.splice(0)) job.settle.reject(cancelled());
    for (const worker of [...this.workers]) {
      const jobs = worker.jobs.splice(0);
      this.end(worker);
      for (const job of jobs) job.settle.reject(cancelled());
    }
    clearTimeout(this.idle);
  }

  private giveWork(): void {
    clearTimeout(this.idle);
    while (this.waiting.length > 0) {
      const worker = this.free();
      const job = worker && this.waiting.shift();
      if (!worker || !job) return;
      worker.jobs.push(job);
      worker.process.send(job.message);
      if (worker.jobs.length === 1) this.watch(worker);
    }
    this.idle = setTimeout(() => this.endIdle(), this.limits.idleMilliseconds);
    this.idle.unref();
  }

  private get isIdle(): boolean {
    return this.waiting.length === 0 && [...this.workers].every(({ jobs }) => jobs.length === 0);
  }

  private endIdle(): void {
    for (const worker of [...this.workers]) if (worker.jobs.length === 0) this.end(worker);
  }

  /** A worker without work, otherwise a new one, otherwise one with room for another job. */
  private free(): Worker | undefined {
    const workers = [...this.workers];
    return (
      workers.find(({ jobs }) => jobs.length === 0) ??
      (workers.length < this.count ? this.add() : workers.find(({ jobs }) => jobs.length < JOBS_AT_ONCE))
    );
  }

  private add(): Worker {
    const worker = new Worker(this.start, {
      heard: (message) => this.hear(worker, message),
      ended: (code) => this.ended(worker, code),
    });
    this.workers.add(worker);
    return worker;
  }

  private hear(worker: Worker, message: FromDecoder): void {
    if (message.type === 'ready') {
      worker.ready = true;
      this.failedStarts = 0;
      if (worker.jobs.length > 0) this.watch(worker);
      return;
    }
    const [job] = worker.jobs;
    if (job === undefined) return;
    if (message.type === 'large') {
      this.admit(worker, message.pixels);
      return;
    }
    this.tally.memory = Math.max(this.tally.memory, message.memory);
    worker.letGo();
    worker.jobs.shift();
    if (worker.jobs.length > 0) this.watch(worker);
    job.settle.resolve(message.type === 'left-out' ? message.why : message.picture);
    this.giveWork();
  }

  /** Lets a large picture begin once its pixels fit into the budget beside the others'. */
  private admit(worker: Worker, pixels: number): void {
    // Gives back first what an earlier page of the picture took; otherwise two workers could wait for each
    // other forever.
    worker.letGo();
    const [job] = worker.jobs;
    const { milliseconds, millisecondsPerMegapixel } = this.limits;
    void this.budget.spend(
      pixels,
      () =>
        new Promise<void>((release) => {
          if (worker.jobs[0] !== job || !this.workers.has(worker)) {
            release();
            return;
          }
          worker.release = release;
          worker.process.send({ type: 'go' });
          this.watch(worker, milliseconds + (millisecondsPerMegapixel * pixels) / 1e6);
        }),
    );
  }

  private watch(worker: Worker, milliseconds = this.limits.milliseconds): void {
    worker.watch(milliseconds, () => this.expire(worker, milliseconds));
  }

  private expire(worker: Worker, milliseconds: number): void {
    if (!this.workers.has(worker)) return;
    if (!worker.ready) {
      worker.process.kill();
      this.ended(worker, 1);
      return;
    }
    const job = worker.jobs.shift();
    this.tally.deadlines += 1;
    this.end(worker);
    job?.settle.resolve(tooSlow(milliseconds));
    this.giveWork();
  }

  private cancel(job: Job): void {
    this.waiting = this.waiting.filter((other) => other !== job);
    const worker = [...this.workers].find(({ jobs }) => jobs.includes(job));
    if (worker) {
      worker.jobs.splice(worker.jobs.indexOf(job), 1);
      this.end(worker);
    }
    job.settle.reject(cancelled());
    // One signal cancels many jobs, and none should begin meanwhile. If no jobs are left, all processes end,
    // since an idle one may be as stuck as the others.
    setImmediate(() => (this.isIdle ? this.endIdle() : this.giveWork()));
  }

  /**
   * The process ended by itself. Its current job is tried once more, as an earlier picture may have been the
   * cause.
   */
  private ended(worker: Worker, code: number): void {
    const job = worker.ready ? worker.jobs.shift() : undefined;
    this.forget(worker);
    if (!worker.ready && ++this.failedStarts >= MOST_FAILED_STARTS) {
      for (const each of this.waiting.splice(0)) each.settle.reject(broken(code));
      return;
    }
    if (job) {
      job.crashes += 1;
      if (job.crashes < 2) {
        this.waiting.unshift(job);
      } else {
        this.tally.aborts += 1;
        job.settle.resolve(whyEnded(code));
      }
    }
    this.giveWork();
  }

  private end(worker: Worker): void {
    this.forget(worker);
    worker.process.kill();
  }

  /** Removes a worker; its jobs go back to the front of the queue. */
  private forget(worker: Worker): void {
    worker.letGo();
    this.workers.delete(worker);
    this.waiting.unshift(...worker.jobs.splice(0));
  }
}
