/** Frames and steps a second, by those of the last moments. */

/** Milliseconds that count. */
const WINDOW = 2000;

export class LabPace {
  #taken: { at: number; steps: number }[] = [];

  count(now: number, steps: number): void {
    this.#taken.push({ at: now, steps });
    while (now - this.#taken[0]!.at > WINDOW) this.#taken.shift();
  }

  clear(): void {
    this.#taken = [];
  }

  rates(): { frames: number; steps: number } {
    const [first, ...later] = this.#taken;
    if (!first || later.length === 0) return { frames: 0, steps: 0 };
    const seconds = (later.at(-1)!.at - first.at) / 1000;
    return {
      frames: later.length / seconds,
      steps: later.reduce((sum, { steps }) => sum + steps, 0) / seconds,
    };
  }
}
