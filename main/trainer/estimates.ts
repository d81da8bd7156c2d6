/** Estimates what runs would take: measures one at a time, and remembers it by the settings that matter. */
import type { CommandInput, CommandOutput, RunConfig } from '../contract/index.ts';
import type { Folders } from '../folders.ts';
import { freeBytes } from '../runs/index.ts';
import {
  completeConfig,
  diskPieces,
  cancelledEstimate,
  estimateRun,
  settlePrecision,
  speedKey,
  type Estimate,
} from '../training/index.ts';

const KEPT = 32;

export class Estimates {
  private readonly known = new Map<string, Estimate>();
  /** Changes whenever a newer request makes the current one useless. */
  private turn = 0;
  private readonly folders: Pick<Folders, 'runs' | 'cache'>;
  private measuring: { stop: AbortController; ended: Promise<unknown> } | undefined;

  constructor(folders: Pick<Folders, 'runs' | 'cache'>) {
    this.folders = folders;
  }

  /** Throws what completing the settings throws, and StudioError `cancelled`. */
  async of({ config }: CommandInput<'run.estimate'>): Promise<CommandOutput<'run.estimate'>> {
    const complete = completeConfig(config);
    const key = JSON.stringify([speedKey(complete), complete.precision]);
    const ended = this.cancel();
    const { turn } = this;
    await ended;
    if (turn !== this.turn) throw cancelledEstimate();
    const estimate = this.known.get(key) ?? (await this.measure(complete));
    this.known.delete(key);
    this.known.set(key, estimate);
    for (const oldest of [...this.known.keys()].slice(0, -KEPT)) this.known.delete(oldest);
    const free = freeBytes(this.folders.runs);
    return {
      secondsToBegin: estimate.secondsToBegin,
      secondsPerStep: estimate.secondsPerStep(complete),
      disk: diskPieces(complete),
      ...(free !== undefined && { free }),
    };
  }

  /** Ends the measurement that is under way, and resolves once its memory is free. */
  async cancel(): Promise<void> {
    this.turn += 1;
    this.measuring?.stop.abort();
    await this.measuring?.ended.catch(() => undefined);
  }

  /** Measures in the precision that the run would be started in. */
  private async measured(config: RunConfig, signal: AbortSignal): Promise<Estimate> {
    const { precision } = await settlePrecision(config, { cache: this.folders.cache, signal });
    return estimateRun({ ...config, precision }, signal);
  }

  private async measure(config: RunConfig): Promise<Estimate> {
    const stop = new AbortController();
    const ended = this.measured(config, stop.signal);
    const measuring = { stop, ended };
    this.measuring = measuring;
    try {
      return await ended;
    } finally {
      if (this.measuring === measuring) this.measuring = undefined;
    }
  }
}
