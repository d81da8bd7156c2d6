/**
 * Follows the run in the trainer by its events, and keeps the desktop up to date with it: the taskbar, notifications,
 * and whether the computer may sleep.
 */
import type { Preferences, RunStatus, StudioEvent } from '#main/contract/index.ts';
import { noteOf, type Note } from './run-notes.ts';

export type Progress = { mode: 'none' | 'indeterminate' | 'normal' | 'paused' | 'error'; fraction: number };

/** The desktop as the watch needs it; desktop.ts makes it of Electron. */
export type Desktop = {
  showProgress(progress: Progress): void;
  /** Whether the person has the window before them, and needs no notification. */
  isInFront(): boolean;
  notify(note: Note): void;
  keepAwake(awake: boolean): void;
};

type RunWatchInput = {
  desktop: Desktop;
  preferences: () => Pick<Preferences, 'keepAwake' | 'notify'>;
  /** Undefined where nobody can tell in time. */
  nameOfRun: () => Promise<string | undefined>;
};

/** The code of a disk that refuses a file. */
const NOT_WRITTEN = 'not-written';
const UNDER_WAY: readonly RunStatus[] = ['starting', 'training', 'paused', 'unsaved'];
const AWAKE: readonly RunStatus[] = ['starting', 'training'];

export class RunWatch {
  private readonly given: RunWatchInput;
  private status: RunStatus | undefined;
  private fraction = 0;
  /** The disk has refused something, and has not been well since. */
  private notWritten = false;
  /** The run failed, and nobody has come to see it. */
  private unseen = false;
  private shown = '';

  constructor(given: RunWatchInput) {
    this.given = given;
  }

  /** The state of a run that trains, is paused or waits to be saved; undefined where there is none. */
  get underWay(): RunStatus | undefined {
    return this.status && UNDER_WAY.includes(this.status) ? this.status : undefined;
  }

  /** The end of the app would interrupt a run. */
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

  /** The window came to the front. */
  seen(): void {
    this.unseen = false;
    this.refresh();
  }

  /** Shows what holds now; call it when the preferences have changed. */
  refresh(): void {
    const { desktop, preferences } = this.given;
    const isTraining = this.status !== undefined && AWAKE.includes(this.status);
    desktop.keepAwake(isTraining && preferences().keepAwake);
    const progress = this.progress();
    const shown = `${progress.mode} ${Math.round(progress.fraction * 100)}`;
    if (shown === this.shown) return;
    this.shown = shown;
    desktop.showProgress(progress);
  }

  /** Whether the event tells of something that was not so before. */
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
    this.unseen = (status === 'failed' || status === 'interrupted') && !this.given.desktop.isInFront();
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
    const { desktop, preferences, nameOfRun } = this.given;
    const note = noteOf(event);
    if (!note || !preferences().notify || desktop.isInFront()) return;
    const name = await nameOfRun();
    if (!desktop.isInFront()) desktop.notify(note(name));
  }
}
