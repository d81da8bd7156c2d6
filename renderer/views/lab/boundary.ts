/** The line on which D is undecided, by marching squares over the middles of the heat map's cells. */
import { inPairs, neighbours, together } from '../../parts/in-pairs.ts';

/** Coordinates of the plane, [-1, 1], y upwards. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** Numbers at a cell's corners minus the level, clockwise from the upper left one. */
type Corners = readonly [a: number, b: number, c: number, d: number];
/** [right, down] from a cell's upper left corner, in cells. */
type Crossing = readonly [right: number, down: number];

/** Where a grid of numbers, row by row from the upper left, crosses `level`. */
export function boundaryOf(
  { values, side }: { values: Float32Array; side: number },
  level: number,
): Segment[] {
  const rows = Array.from({ length: side }, (_, row) => values.subarray(row * side, (row + 1) * side));
  const positionOf = (line: number) => (2 * line + 1) / side - 1;
  const segments: Segment[] = [];
  let row = 0;
  for (const [upper, lower] of neighbours(rows)) {
    let column = 0;
    for (const [[a, d], [b, c]] of neighbours(together(upper, lower))) {
      const crossings = crossingsOf([a - level, b - level, c - level, d - level]);
      for (const [one, other] of inPairs(crossings)) {
        const [x1, y1] = [positionOf(column + one[0]), -positionOf(row + one[1])];
        segments.push([x1, y1, positionOf(column + other[0]), -positionOf(row + other[1])]);
      }
      column++;
    }
    row++;
  }
  return segments;
}

/**
 * Where the level crosses a cell's edges: the upper, the right, the lower, the left one. There are 0, 2 or 4.
 */
function crossingsOf([a, b, c, d]: Corners): Crossing[] {
  const edges: { from: number; to: number; at: (share: number) => Crossing }[] = [
    { from: a, to: b, at: (share) => [share, 0] },
    { from: b, to: c, at: (share) => [1, share] },
    { from: d, to: c, at: (share) => [share, 1] },
    { from: a, to: d, at: (share) => [0, share] },
  ];
  return edges
    .filter(({ from, to }) => from < 0 !== to < 0)
    .map(({ from, to, at }) => at(from / (from - to)));
}
