/** Rows of named numbers by rising step, kept as one column for each name: a million rows take as many times four bytes. */

/** Rows that there is room for at first. */
const FIRST_ROWS = 1024;
/** A run has fewer; those that come after them are passed over. */
const MOST_NAMES = 100;

export class NumberRows {
  private count = 0;
  private stepColumn: Uint32Array<ArrayBuffer> = new Uint32Array(FIRST_ROWS);
  private readonly numbers = new Map<string, Float32Array<ArrayBuffer>>();

  /** The newest row's step; 0 before the first. */
  get lastStep(): number {
    return this.stepColumn[this.count - 1] ?? 0;
  }

  get steps(): Uint32Array<ArrayBuffer> {
    return this.stepColumn.slice(0, this.count);
  }

  /** By name; NaN where a row lacks it. */
  get columns(): Record<string, Float32Array<ArrayBuffer>> {
    const columns = [...this.numbers].map(([name, column]) => [name, column.slice(0, this.count)] as const);
    return Object.fromEntries(columns.filter(([, column]) => !column.every(Number.isNaN)));
  }

  /** The step comes after those before. */
  add(step: number, row: Record<string, number>): void {
    if (this.count === this.stepColumn.length) this.grow();
    this.stepColumn[this.count] = step;
    for (const [name, number] of Object.entries(row)) {
      const column = this.numbers.get(name) ?? this.begin(name);
      if (column) column[this.count] = number;
    }
    this.count += 1;
  }

  /** Takes back the rows after a step. */
  dropBeyond(step: number): void {
    const before = this.count;
    while (this.count > 0 && this.lastStep > step) this.count -= 1;
    for (const column of this.numbers.values()) column.fill(NaN, this.count, before);
  }

  private begin(name: string): Float32Array<ArrayBuffer> | undefined {
    if (this.numbers.size === MOST_NAMES) return undefined;
    const column = new Float32Array(this.stepColumn.length).fill(NaN);
    this.numbers.set(name, column);
    return column;
  }

  private grow(): void {
    const steps = new Uint32Array(this.stepColumn.length * 2);
    steps.set(this.stepColumn);
    this.stepColumn = steps;
    for (const [name, column] of this.numbers) {
      const larger = new Float32Array(steps.length).fill(NaN);
      larger.set(column);
      this.numbers.set(name, larger);
    }
  }
}
