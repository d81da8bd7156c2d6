/** Puts work off until no other change has come for a while: a debounce. */

/** Milliseconds that count as a pause in typing, or in dragging a slider. */
const PAUSE = 250;

/** Does only the newest work. */
export class Settling {
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param milliseconds time without other work before the newest is done */
  constructor(milliseconds = PAUSE) {
    this.#milliseconds = milliseconds;
  }

  /** Puts this work off, in place of any that waits. */
  putOff(work: () => void): void {
    this.cancel();
    this.#timer = setTimeout(work, this.#milliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
