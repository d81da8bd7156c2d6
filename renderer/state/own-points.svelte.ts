/**
 * One's own points while they are edited: a text with a line "x, y" for each point, to which drawing adds.
 */
import { pointsSchema, type Points } from '#main/contract/index.ts';

export type Centre = readonly [x: number, y: number];

/** The points before the person has changed them. */
const FIRST = [
  [-1, 0],
  [1, 0],
  [0, 1],
] as const satisfies Centre[];
const DEVIATION = 0.05;
const MOST = 10_000;
/** The most changes that can be undone. */
const MOST_UNDONE = 200;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export class OwnPoints {
  /** Change it by the methods only, so that the change can be undone. */
  text = $state(linesOf(FIRST));
  deviation = $state(DEVIATION);
  #past = $state.raw<readonly string[]>([]);
  /** Whether the newest change is typing, all of which is undone at once. */
  #isTyping = false;
  readonly #read = $derived(centresOf(this.text));
  /** The lines that are points. */
  readonly centres: readonly Centre[] = $derived(this.#read.centres);
  /** What is wrong with the text or the deviation; undefined if they can be trained on. */
  readonly problem: string | undefined = $derived(this.#read.problem ?? this.#refused());

  /** The points to train on; undefined while there is a problem. */
  get points(): Points | undefined {
    return this.problem === undefined ? this.#points() : undefined;
  }

  /** Adds a point as a new change. */
  add(centre: Centre): void {
    this.#keep();
    this.extend(centre);
  }

  /** Adds a point as part of the newest change, such as a stroke. */
  extend([x, y]: Centre): void {
    this.text = `${this.text.trimEnd()}\n${x}, ${y}`.trimStart();
  }

  /** Takes over the text while it is being typed. */
  write(text: string): void {
    if (!this.#isTyping) this.#keep();
    this.#isTyping = true;
    this.text = text;
  }

  /** Removes the point at this index of `centres`, and all lines that are not points. */
  remove(index: number): void {
    this.#keep();
    this.text = linesOf(this.centres.filter((_, at) => at !== index));
  }

  clear(): void {
    if (this.text === '') return;
    this.#keep();
    this.text = '';
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Undoes the newest change. */
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#isTyping = false;
    this.text = before;
  }

  /**
   * The points to train on, after what is wrong with them was corrected; the first points if too few are
   * left.
   */
  mended(): Points {
    if (this.centres.length < 2) this.text = linesOf(FIRST);
    else if (this.problem !== undefined) this.text = linesOf(this.centres.slice(0, MOST));
    if (this.problem !== undefined) this.deviation = DEVIATION;
    return this.#points();
  }

  /** Takes over the points of an earlier run, unless they are the same. */
  adopt(points: Points): void {
    if (points.layout !== 'own' || JSON.stringify(points) === JSON.stringify(this.points)) return;
    this.#keep();
    this.text = linesOf(points.centres);
    this.deviation = points.deviation;
  }

  /** Remembers the text before a change. */
  #keep(): void {
    this.#isTyping = false;
    this.#past = [...this.#past, this.text].slice(-MOST_UNDONE);
  }

  #points(): Points {
    return { layout: 'own', centres: this.centres.map(([x, y]) => [x, y]), deviation: this.deviation };
  }

  #refused(): string | undefined {
    if (this.centres.length < 2) return 'At least two points are needed.';
    if (pointsSchema.safeParse(this.#points()).success) return undefined;
    return this.centres.length > MOST
      ? 'There can be at most 10,000 points.'
      : 'The deviation must be between 0 and 10.';
  }
}

function linesOf(centres: readonly Centre[]): string {
  return centres.map(([x, y]) => `${x}, ${y}`).join('\n');
}

/**
 * Reads a text of points: two numbers on each line, with a comma, a semicolon or blanks between them. Empty
 * lines are skipped; `problem` names the first line that is not a point.
 */
export function centresOf(text: string): { centres: Centre[]; problem?: string } {
  const centres: Centre[] = [];
  let problem: string | undefined;
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const [x = '', y = '', ...more] = line.trim().split(/\s*[,;\s]\s*/);
    if (NUMBER.test(x) && NUMBER.test(y) && more.length === 0) centres.push([Number(x), Number(y)]);
    else problem ??= `Line ${index + 1} is not a point: write two numbers, such as 0.5, -1.`;
  });
  return problem === undefined ? { centres } : { centres, problem };
}
