/** Rows of named numbers by rising step, kept as one column for each name, at 4 bytes a number. */
import type { NamedNumbers } from './losses-line.ts';

/** Room for this many rows at first. */
const FIRST_ROWS = 1024;
/** Further names are dropped; no run has as many. */
const MOST_NAMES = 100;

type Column = { values: Float32Array<ArrayBuffer> };

export class NumberRows {
  private count = 0;
  private stepColumn: Uint32Array<ArrayBuffer> = new Uint32Array(FIRST_ROWS);
  private readonly byName = new Map<string, Column>();
  /** The names of the newest row and their columns; the next row usually has the same. */
  private newest: { names: readonly string[]; columns: readonly (Column | undefined)[] } = {
    names: [],
    columns: [],
  };

  /** The newest row's step; 0 before the first. */
  get lastStep(): number {
    return this.stepColumn[this.count - 1] ?? 0;
  }

  get steps(): Uint32Array<ArrayBuffer> {
    return this.stepColumn.slice(0, this.count);
  }

  /** Columns by name, with NaN where a row lacks the name; names without any number are left out. */
  get columns(): Record<string, Float32Array<ArrayBuffer>> {
    const columns = [...this.byName].map(
      ([name, { values }]) => [name, values.slice(0, this.count)] as const,
    );
    return Object.fromEntries(columns.filter(([, values]) => !values.every(Number.isNaN)));
  }

  /** Adds a row, whose step is larger than `lastStep`. */
  add(step: number, { names, numbers }: NamedNumbers): void {
    if (this.count === this.stepColumn.length) this.grow();
    this.stepColumn[this.count] = step;
    if (names !== this.newest.names) this.newest = { names, columns: names.map((name) => this.column(name)) };
    const { columns } = this.newest;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      if (column) column.values[this.count] = numbers[index] ?? NaN;
    }
    this.count += 1;
  }

  /** Removes the rows after a step. */
  dropBeyond(step: number): void {
    const before = this.count;
    while (this.count > 0 && this.lastStep > step) this.count -= 1;
    for (const { values } of this.byName.values()) values.fill(NaN, this.count, before);
  }

  private column(name: string): Column | undefined {
    const known = this.byName.get(name);
    if (known || this.byName.size === MOST_NAMES) return known;
    const column = { values: new Float32Array(this.stepColumn.length).fill(NaN) };
    this.byName.set(name, column);
    return column;
  }

  private grow(): void {
    const steps = new Uint32Array(this.stepColumn.length * 2);
    steps.set(this.stepColumn);
    this.stepColumn = steps;
    for (const column of this.byName.values()) {
      const larger = new Float32Array(steps.length).fill(NaN);
      larger.set(column.values);
      column.values = larger;
    }
  }
}
