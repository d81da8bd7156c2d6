/**
 * Follows the run in the trainer by its events, and keeps the desktop up to date with it: the taskbar,
 * notifications, and whether the computer may sleep.
 */
import type { Preferences, RunStatus, StudioEvent } from '#main/contract/index.ts';
import { noteOf, type Note } from './run-notes.ts';

export type Progress = { mode: 'none' | 'indeterminate' | 'normal' | 'paused' | 'error'; fraction: number };

/** What the watch needs of the desktop; desktop.ts implements it with Electron. */
export type Desktop = {
  showProgress(progress: Progress): void;
  /** Whether the person is looking at the window, and so needs no notification. */
  isInFront(): boolean;
  notify(note: Note): void;
  keepAwake(awake: boolean): void;
};

type RunWatchInput = {
  desktop: Desktop;
  preferences: () => Pick<Preferences, 'keepAwake' | 'notify'>;
  /** Undefined when the trainer does not answer in time. */
  nameOfRun: () => Promise<string | undefined>;
};

/** The code of a file that could not be written. */
const NOT_WRITTEN = 'not-written';
const UNDER_WAY: readonly RunStatus[] = ['starting', 'training', 'paused', 'unsaved'];
const AWAKE: readonly RunStatus[] = ['starting', 'training'];

export class RunWatch {
  private readonly input: RunWatchInput;
  private status: RunStatus | undefined;
  private fraction = 0;
  /** A file could not be written, and the trouble is not over. */
  private notWritten = false;
  /** The run failed, and nobody has come to the window since. */
  private unseen = false;
  private shown = '';

  constructor(input: RunWatchInput) {
    this.input = input;
  }

  /** The state of a run that trains, is paused or waits to be saved; undefined when there is none. */
  get underWay(): RunStatus | undefined {
    return this.status && UNDER_WAY.includes(this.status) ? this.status : undefined;
  }

  /** Whether quitting would interrupt a run. */
  get isUnderWay(): boolean {
    return this.underWay !== undefined;
  }

  take(events: StudioEvent[]): void {
    for (const event of events) {
      const isNew = this.follow(event);
      if (isNew) void this.tell(event);
    }
    this.refresh();
  }

  /** To be called when the window comes to the front. */
  seen(): void {
    this.unseen = false;
    this.refresh();
  }

  /** Brings the desktop up to date; to be called when the preferences have changed too. */
  refresh(): void {
    const { desktop, preferences } = this.input;
    const isTraining = this.status !== undefined && AWAKE.includes(this.status);
    desktop.keepAwake(isTraining && preferences().keepAwake);
    const progress = this.progress();
    const shown = `${progress.mode} ${Math.round(progress.fraction * 100)}`;
    if (shown === this.shown) return;
    this.shown = shown;
    desktop.showProgress(progress);
  }

  /** Takes in an event; returns whether it is news that a person may want to hear. */
  private follow(event: StudioEvent): boolean {
    if (event.type === 'run-state') return this.change(event.status);
    if (event.type === 'host-crashed')
      return event.host === 'trainer' && this.isUnderWay && this.change('interrupted');
    if (event.type === 'progress')
      this.fraction = event.steps > 0 ? Math.min(1, event.step / event.steps) : 0;
    if (event.type === 'trouble-over' && event.code === NOT_WRITTEN) this.notWritten = false;
    if (event.type !== 'warning' || event.failure.code !== NOT_WRITTEN) return false;
    const isNew = !this.notWritten;
    this.notWritten = true;
    return isNew;
  }

  private change(status: RunStatus): boolean {
    if (status === this.status) return false;
    const wasUnderWay = this.isUnderWay;
    this.status = status;
    if (!wasUnderWay) {
      this.fraction = 0;
      this.notWritten = false;
    }
    this.unseen = (status === 'failed' || status === 'interrupted') && !this.input.desktop.isInFront();
    if (!this.isUnderWay) this.notWritten = false;
    return true;
  }

  private progress(): Progress {
    const { status, fraction } = this;
    if (this.unseen || status === 'unsaved') return { mode: 'error', fraction: Math.max(fraction, 0.01) };
    if (!this.isUnderWay) return { mode: 'none', fraction: 0 };
    if (this.notWritten) return { mode: 'error', fraction };
    if (status === 'paused') return { mode: 'paused', fraction };
    return status === 'starting' ? { mode: 'indeterminate', fraction: 0 } : { mode: 'normal', fraction };
  }

  private async tell(event: StudioEvent): Promise<void> {
    const { desktop, preferences, nameOfRun } = this.input;
    const note = noteOf(event);
    if (!note || !preferences().notify || desktop.isInFront()) return;
    const name = await nameOfRun();
    if (!desktop.isInFront()) desktop.notify(note(name));
  }
}
