/**
 * Every loss and measure of a run, exact and in order; a phase that sat a step out has no number there. Grows
 * without copying on each step.
 */
import { lastKnown, lowerBound } from '../parts/min-max.ts';

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

  /** Puts no number into the places up to `length`. */
  padTo(length: number): void {
    while (this.#length < length) this.push(NaN);
  }

  /** A view of the values so far, not a copy. */
  get values(): Float64Array {
    return this.#buffer.subarray(0, this.#length);
  }

  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
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

/** Numbers of one step, by name. */
export type Row = { step: number; numbers: Record<string, number> };

/**
 * Numbers of many steps, rising; those at equal places belong together, and NaN stands where a step has none.
 */
export type Columns = { steps: Uint32Array; numbers: Record<string, Float32Array> };

export class LossSeries {
  readonly #steps = new GrowingColumn();
  readonly #columns = new Map<string, GrowingColumn>();

  /** Adds one step's numbers; a step at or before the newest replaces what stood from there on. */
  add({ step, numbers }: Row): void {
    this.dropBeyond(step - 1);
    const place = this.length;
    this.#steps.push(step);
    for (const [name, number] of Object.entries(numbers)) {
      const column = this.#columnOf(name);
      column.padTo(place);
      column.push(number);
    }
    this.#pad();
  }

  /** Takes the numbers of all steps before this one from here. */
  setPast({ steps, numbers }: Columns, before: number): void {
    const replaced = lowerBound(this.steps, before);
    const count = lowerBound(steps, before);
    for (const name of Object.keys(numbers)) this.#columnOf(name);
    this.#pad();
    this.#steps.replaceFirst(replaced, steps.subarray(0, count));
    for (const [name, column] of this.#columns) {
      column.replaceFirst(replaced, numbers[name]?.subarray(0, count) ?? new Float32Array(count).fill(NaN));
    }
  }

  /** Forgets the numbers after this step. */
  dropBeyond(step: number): void {
    const kept = lowerBound(this.steps, step + 1);
    for (const column of [this.#steps, ...this.#columns.values()]) column.truncate(kept);
  }

  get length(): number {
    return this.steps.length;
  }

  get steps(): Float64Array {
    return this.#steps.values;
  }

  /** In the order in which they first came. */
  get names(): string[] {
    return [...this.#columns.keys()];
  }

  /** One number for each step, NaN where a step has none. */
  column(name: string): Float64Array {
    return this.#columns.get(name)?.values ?? new Float64Array(this.length).fill(NaN);
  }

  /** The last number of each column that has one. */
  get last(): Record<string, number> {
    const numbers = this.names.map((name) => {
      const values = this.column(name);
      return [name, values[lastKnown(values, values.length - 1)]] as const;
    });
    return Object.fromEntries(numbers.filter((each): each is [string, number] => each[1] !== undefined));
  }

  #columnOf(name: string): GrowingColumn {
    const column = this.#columns.get(name) ?? new GrowingColumn();
    this.#columns.set(name, column);
    return column;
  }

  #pad(): void {
    for (const column of this.#columns.values()) column.padTo(this.length);
  }
}
