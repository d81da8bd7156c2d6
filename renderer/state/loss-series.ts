/**
 * Numbers of a run by step, such as its losses or its measures, exact and in order; NaN stands at steps
 * without a number. It grows without copying at each step.
 */
import { lastKnown, lowerBound } from '../parts/min-max.ts';

/** A column of numbers, in a buffer that doubles when it is full. */
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

  /** Fills the column with NaN up to `length`. */
  padTo(length: number): void {
    while (this.#length < length) this.push(NaN);
  }

  /** The values so far, as a view, which later changes may alter. */
  get values(): Float64Array {
    return this.#buffer.subarray(0, this.#length);
  }

  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** Replaces the first `count` values by these. */
  replaceFirst(count: number, values: ArrayLike<number>): void {
    const later = this.values.slice(count);
    this.#length = values.length + later.length;
    this.#buffer = new Float64Array(Math.max(1024, 2 * this.#length));
    this.#buffer.set(values);
    this.#buffer.set(later, values.length);
  }
}

/** The numbers of one step, by name. */
export type Row = { step: number; numbers: Record<string, number> };

/**
 * The numbers of many steps, rising: one column for each name, as long as `steps`, with NaN at steps without
 * a number.
 */
export type Columns = { steps: Uint32Array; numbers: Record<string, Float32Array> };

export class LossSeries {
  readonly #steps = new GrowingColumn();
  readonly #columns = new Map<string, GrowingColumn>();

  /** Adds the numbers of a step; if it is not beyond the newest step, everything from it on is replaced. */
  add({ step, numbers }: Row): void {
    this.dropBeyond(step - 1);
    const index = this.length;
    this.#steps.push(step);
    for (const [name, number] of Object.entries(numbers)) {
      const column = this.#columnOf(name);
      column.padTo(index);
      column.push(number);
    }
    this.#pad();
  }

  /** Replaces the numbers of all steps before step `before` by those of the past. */
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

  /** Drops the numbers of later steps. */
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

  /** The names of the columns, in the order in which they first came. */
  get names(): string[] {
    return [...this.#columns.keys()];
  }

  /** The numbers of this name, one for each step, with NaN at steps without one. */
  column(name: string): Float64Array {
    return this.#columns.get(name)?.values ?? new Float64Array(this.length).fill(NaN);
  }

  /** The last number of each column, NaN aside. */
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
