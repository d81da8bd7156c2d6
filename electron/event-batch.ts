/** Gathers events and passes them on ten times a second; of pictures and progress only the newest of a batch counts. */
import type { StudioEvent } from '#main/contract/index.ts';

const INTERVAL_MILLISECONDS = 100;
/** Each of these says all that the one before it said. */
const SUPERSEDED = new Set<StudioEvent['type']>(['samples', 'progress', 'dataset-progress']);

export class EventBatch {
  private readonly send: (events: StudioEvent[]) => void;
  private events: StudioEvent[] = [];
  private sentAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(send: (events: StudioEvent[]) => void) {
    this.send = send;
  }

  /** Adds an event; it is passed on now or within a tenth of a second. */
  add(event: StudioEvent): void {
    if (SUPERSEDED.has(event.type)) this.events = this.events.filter(({ type }) => type !== event.type);
    this.events.push(event);
    const wait = this.sentAt + INTERVAL_MILLISECONDS - Date.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Passes on what is there; called before an answer, which must not overtake the events before it. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return;
    this.sentAt = Date.now();
    this.send(this.events.splice(0));
  }
}
