/** How many frames and steps a second the lab has taken lately. */

/** Milliseconds over which they are counted. */
const WINDOW = 2000;

export class LabPace {
  #taken: { at: number; steps: number }[] = [];

  /** Counts a frame with its steps; `now` in milliseconds. */
  count(now: number, steps: number): void {
    this.#taken = [...this.#taken.filter(({ at }) => now - at <= WINDOW), { at: now, steps }];
  }

  clear(): void {
    this.#taken = [];
  }

  /** Frames and steps a second; 0 until two frames have been counted. */
  rates(): { frames: number; steps: number } {
    const [first, ...later] = this.#taken;
    const last = later.at(-1);
    if (!first || !last) return { frames: 0, steps: 0 };
    const seconds = (last.at - first.at) / 1000;
    return {
      frames: later.length / seconds,
      steps: later.reduce((sum, { steps }) => sum + steps, 0) / seconds,
    };
  }
}
