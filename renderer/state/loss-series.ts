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

  /** Puts these values in the place of the first `count`. */
  replaceFirst(count: number, values: ArrayLike<number>): void {
    const later = this.values.slice(count);
    this.#length = values.length + later.length;
    this.#buffer = new Float64Array(Math.max(1024, 2 * this.#length));
    this.#buffer.set(values);
    this.#buffer.set(later, values.length);
  }
}

export type Losses = { step: number; discriminator: number; generator: number };

/** Losses of many steps, rising; numbers at equal places belong together. */
export type LossColumns = { steps: Uint32Array; discriminator: Float32Array; generator: Float32Array };

export class LossSeries {
  readonly #steps = new GrowingColumn();
  readonly #discriminator = new GrowingColumn();
  readonly #generator = new GrowingColumn();

  /** Adds one step's losses; a step at or before the newest replaces what stood from there on. */
  add({ step, discriminator, generator }: Losses): void {
    this.dropBeyond(step - 1);
    this.#steps.push(step);
    this.#discriminator.push(discriminator);
    this.#generator.push(generator);
  }

  /** Takes the losses of all steps before this one from here. */
  setPast({ steps, discriminator, generator }: LossColumns, before: number): void {
    const replaced = lowerBound(this.steps, before);
    const count = lowerBound(steps, before);
    this.#steps.replaceFirst(replaced, steps.subarray(0, count));
    this.#discriminator.replaceFirst(replaced, discriminator.subarray(0, count));
    this.#generator.replaceFirst(replaced, generator.subarray(0, count));
  }

  /** Forgets the losses after this step. */
  dropBeyond(step: number): void {
    const kept = lowerBound(this.steps, step + 1);
    for (const column of [this.#steps, this.#discriminator, this.#generator]) column.truncate(kept);
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

/** Index of the first of the rising steps that is not below this one. */
function lowerBound(steps: Float64Array | Uint32Array, step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
