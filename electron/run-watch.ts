/** Whether a run is under way in the trainer, as its events tell. */
import type { StudioEvent } from '#main/contract/index.ts';

export class RunWatch {
  private underWay = false;

  /** A run that trains or is paused: the end of the app would interrupt it. */
  get isUnderWay(): boolean {
    return this.underWay;
  }

  take(events: StudioEvent[]): void {
    for (const event of events) {
      if (event.type === 'run-state')
        this.underWay = ['starting', 'training', 'paused', 'unsaved'].includes(event.status);
      if (event.type === 'host-crashed' && event.host === 'trainer') this.underWay = false;
    }
  }
}
