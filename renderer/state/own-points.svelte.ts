/**
 * Points of one's own as they are being written: the text, one "x, y" a line, is the one truth, and a click
 * on the pad adds to it.
 */
import { pointsSchema, type Points } from '#main/contract/index.ts';

export type Centre = readonly [x: number, y: number];

const FIRST = [
  [-1, 0],
  [1, 0],
  [0, 1],
] as const satisfies Centre[];
const DEVIATION = 0.05;
const MOST = 10_000;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export class OwnPoints {
  text = $state(linesOf(FIRST));
  deviation = $state(DEVIATION);
  readonly #read = $derived(centresOf(this.text));
  /** Those lines that are points. */
  readonly centres: readonly Centre[] = $derived(this.#read.centres);
  /** What is wrong with the text or the deviation; undefined when they can be trained on. */
  readonly problem: string | undefined = $derived(this.#read.problem ?? this.#refused());

  /** What to train on; undefined while there is a problem. */
  get points(): Points | undefined {
    return this.problem === undefined ? this.#points() : undefined;
  }

  add([x, y]: Centre): void {
    this.text = `${this.text.trimEnd()}\n${x}, ${y}`.trimStart();
  }

  /** Takes away the line of the point at this place in `centres`. */
  remove(place: number): void {
    this.text = linesOf(this.centres.filter((_, index) => index !== place));
  }

  /** What can be trained on of what was written; the first points where that is too little. */
  mended(): Points {
    if (this.centres.length < 2) this.text = linesOf(FIRST);
    else if (this.problem !== undefined) this.text = linesOf(this.centres.slice(0, MOST));
    if (this.problem !== undefined) this.deviation = DEVIATION;
    return this.#points();
  }

  /** Shows the points of an earlier run, unless they are those on show. */
  adopt(points: Points): void {
    if (points.layout !== 'own' || JSON.stringify(points) === JSON.stringify(this.points)) return;
    this.text = linesOf(points.centres);
    this.deviation = points.deviation;
  }

  #points(): Points {
    return { layout: 'own', centres: this.centres.map(([x, y]) => [x, y]), deviation: this.deviation };
  }

  #refused(): string | undefined {
    if (this.centres.length < 2) return 'Two points are the least.';
    if (pointsSchema.safeParse(this.#points()).success) return undefined;
    return this.centres.length > MOST ? '10,000 points are the most.' : 'The deviation is not in its range.';
  }
}

function linesOf(centres: readonly Centre[]): string {
  return centres.map(([x, y]) => `${x}, ${y}`).join('\n');
}

/** Lines of two numbers, with a comma, a semicolon or blanks between them; empty lines count for nothing. */
export function centresOf(text: string): { centres: Centre[]; problem?: string } {
  const centres: Centre[] = [];
  let problem: string | undefined;
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const [x = '', y = '', ...more] = line.trim().split(/\s*[,;\s]\s*/);
    if (NUMBER.test(x) && NUMBER.test(y) && more.length === 0) centres.push([Number(x), Number(y)]);
    else problem ??= `Line ${index + 1} is no point: write two numbers, such as 0.5, -1.`;
  });
  return problem === undefined ? { centres } : { centres, problem };
}
