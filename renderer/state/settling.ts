/** Work on what still changes, put off until no other change has come for a while. */

/** Milliseconds: a pause in typing, or in dragging a slider. */
const PAUSE = 250;

/** Only the newest work is done. */
export class Settling {
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param milliseconds without another change before the work is done */
  constructor(milliseconds = PAUSE) {
    this.#milliseconds = milliseconds;
  }

  /** Puts this work off, in place of what waits. */
  putOff(work: () => void): void {
    this.cancel();
    this.#timer = setTimeout(work, this.#milliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
