/** Exports the model in the trainer: one export at a time, between steps. */
import { StudioError, type AppEvent, type CommandInput, type Exported } from '../contract/index.ts';
import type { CheckExport } from '../export-checks/index.ts';
import { writeExports, type ExportSubject } from '../export/index.ts';

export class Exports {
  private readonly check: CheckExport;
  private readonly emit: (event: AppEvent) => void;
  /** Pictures that are being written. */
  private readonly pictures = new Set<Promise<unknown>>();
  private readonly closing = new AbortController();
  private underWay: { stop: AbortController; ended: Promise<unknown> } | undefined;

  constructor({ checkExport, emit }: { checkExport: CheckExport; emit: (event: AppEvent) => void }) {
    this.check = checkExport;
    this.emit = emit;
  }

  /**
   * Exports the subject, and checks the files. Throws StudioError `busy` while another export is under way,
   * and what `subject` and `writeExports` throw.
   */
  async write(
    subject: () => Promise<ExportSubject>,
    request: CommandInput<'export.generator'>,
  ): Promise<Exported[]> {
    if (this.underWay) throw busy();
    const stop = new AbortController();
    const ended = subject().then((given) =>
      writeExports({
        ...request,
        subject: given,
        check: this.check,
        signal: stop.signal,
        onProgress: (progress) => this.emit({ type: 'exporting', ...progress }),
      }),
    );
    this.underWay = { stop, ended };
    try {
      return await ended;
    } finally {
      this.underWay = undefined;
    }
  }

  /** Does work that writes pictures, which the closing of the trainer ends. */
  async during<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const ended = work(this.closing.signal);
    this.pictures.add(ended);
    try {
      return await ended;
    } finally {
      this.pictures.delete(ended);
    }
  }

  /** Ends all exports, and resolves once what they wrote is gone. */
  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled([this.cancel(), ...this.pictures]);
  }

  /** Ends the export under way, and resolves once what it wrote is gone. */
  async cancel(): Promise<void> {
    const { underWay } = this;
    underWay?.stop.abort();
    await underWay?.ended.catch(() => undefined);
  }
}

const busy = (): StudioError =>
  new StudioError({
    code: 'busy',
    message: 'An export is under way.',
    remedy: 'Wait until it is done, or cancel it.',
  });
