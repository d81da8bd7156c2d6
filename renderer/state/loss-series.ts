/** Every loss of a run, exact and in order; grows without copying on each step. */

/** Numbers in a buffer that doubles when full. */
class GrowingColumn {
  #buffer = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#buffer.length) {
      const larger = new Float64Array(this.#buffer.length * 2);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#length++] = value;
  }

  /** A view of the values so far, not a copy. */
  get values(): Float64Array {
    return this.#buffer.subarray(0, this.#length);
  }

  truncate(length: number): void {
    this.#length = length;
  }
}

export type Losses = { step: number; discriminator: number; generator: number };

export class LossSeries {
  readonly #steps = new GrowingColumn();
  readonly #discriminator = new GrowingColumn();
  readonly #generator = new GrowingColumn();

  /** Adds one step's losses; a step at or before the newest replaces what stood from there on. */
  add({ step, discriminator, generator }: Losses): void {
    const steps = this.steps;
    let kept = steps.length;
    while (kept > 0 && steps[kept - 1]! >= step) kept--;
    for (const column of [this.#steps, this.#discriminator, this.#generator]) column.truncate(kept);
    this.#steps.push(step);
    this.#discriminator.push(discriminator);
    this.#generator.push(generator);
  }

  get length(): number {
    return this.steps.length;
  }

  get steps(): Float64Array {
    return this.#steps.values;
  }

  get discriminator(): Float64Array {
    return this.#discriminator.values;
  }

  get generator(): Float64Array {
    return this.#generator.values;
  }
}
