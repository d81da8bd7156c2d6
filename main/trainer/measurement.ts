/** Measures a run that does not train, piece by piece; other commands are answered between the pieces. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppEvent, MeasuredQuality } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { sharedEfficientNet } from '../metrics/index.ts';
import { likeliestCopies, measureQuality, type MeasuredRun, type Quality } from '../quality/index.ts';
import type { Folders } from '../folders.ts';
import { measuringCancelled } from './failures.ts';
import type { Trained } from './model-commands.ts';

/** A trained model, and how to open its pictures. */
export type Measurable = Trained & { openData(signal: AbortSignal): Promise<Dataset> };

export class Measurement {
  private readonly folders: Folders;
  private readonly emit: (event: AppEvent) => void;
  private underWay: { stop: AbortController; ended: Promise<unknown> } | undefined;

  constructor({ folders, emit }: { folders: Folders; emit: (event: AppEvent) => void }) {
    this.folders = folders;
    this.emit = emit;
  }

  /**
   * Ends a measurement under way, and makes this one. Throws what opening the pictures throws, and
   * StudioError `cancelled`.
   */
  async of(measurable: Measurable): Promise<MeasuredQuality> {
    void this.stop();
    const stop = new AbortController();
    const ended = this.measure(measurable, stop.signal).catch((error: unknown) => {
      throw stop.signal.aborted ? measuringCancelled() : error;
    });
    this.underWay = { stop, ended };
    return ended;
  }

  /** Ends the measurement before its next piece, and resolves once what it held is free. */
  async stop(): Promise<void> {
    const { underWay } = this;
    underWay?.stop.abort();
    await underWay?.ended.catch(() => undefined);
  }

  private async measure(
    { step, openData, ...of }: Measurable,
    signal: AbortSignal,
  ): Promise<MeasuredQuality> {
    const dataset = await openData(signal);
    try {
      const quality = await this.inPieces({ ...of, dataset }, signal);
      const { samples, images, trained, heldOut, scores } = quality;
      const nearest = likeliestCopies(quality, dataset);
      return { step, samples, images, trained, heldOut, scores, ...(nearest && { nearest }) };
    } finally {
      dataset.close();
    }
  }

  private async inPieces(of: MeasuredRun, signal: AbortSignal): Promise<Quality> {
    const network = of.dataset.channels === 2 ? undefined : sharedEfficientNet(this.folders.features);
    const work = measureQuality({ ...of, network });
    for (;;) {
      await nextTurn();
      const { done, value } = signal.aborted ? work.throw(measuringCancelled()) : work.next();
      if (done) return value;
      this.emit({ type: 'measuring', ...value });
    }
  }
}
