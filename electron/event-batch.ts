/**
 * Gathers events and passes them on in batches, at most one per interval. A batch holds only the newest
 * progress, and of several samples only the newest keep their images.
 */
import { withoutImages, type StudioEvent } from '#main/contract/index.ts';

/** Types whose newest event replaces the earlier ones. */
const SUPERSEDED = new Set<StudioEvent['type']>(['progress', 'dataset-progress', 'measuring']);

export class EventBatch {
  private readonly send: (events: StudioEvent[]) => void;
  private readonly interval: number;
  private events: StudioEvent[] = [];
  /** By `performance.now()`, which setting the system's clock does not change. */
  private sentAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  /** `interval`: milliseconds between two batches. */
  constructor(send: (events: StudioEvent[]) => void, { interval }: { interval: number }) {
    this.send = send;
    this.interval = interval;
  }

  /** Adds an event; it is passed on now or within the interval. */
  add(event: StudioEvent): void {
    if (SUPERSEDED.has(event.type)) this.events = this.events.filter(({ type }) => type !== event.type);
    if (event.type === 'samples')
      this.events = this.events.map((earlier) =>
        earlier.type === 'samples' ? withoutImages(earlier) : earlier,
      );
    this.events.push(event);
    const wait = this.sentAt + this.interval - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Passes on what has gathered. Call it before an answer, which must not overtake earlier events. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return;
    this.sentAt = performance.now();
    this.send(this.events.splice(0));
  }
}
