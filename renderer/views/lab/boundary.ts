/** The line on which D is undecided, by marching squares over the middles of the heat map's cells. */

/** Coordinates of the plane, [-1, 1], y upwards. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** Where a grid of numbers, row by row from the upper left, crosses `level`. */
export function boundaryOf(
  { values, side }: { values: Float32Array; side: number },
  level: number,
): Segment[] {
  const segments: Segment[] = [];
  const place = (line: number) => (2 * line + 1) / side - 1;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const upper = row * side + column;
      const corners = [
        values[upper]!,
        values[upper + 1]!,
        values[upper + side + 1]!,
        values[upper + side]!,
      ].map((value) => value - level);
      const crossings = crossingsOf(corners);
      for (let first = 0; first + 1 < crossings.length; first += 2) {
        const [a, b] = [crossings[first]!, crossings[first + 1]!];
        segments.push([place(column + a[0]), -place(row + a[1]), place(column + b[0]), -place(row + b[1])]);
      }
    }
  }
  return segments;
}

/** Of a cell's edges, clockwise from the upper one: [right, down] from its upper left corner, in cells. */
function crossingsOf([a, b, c, d]: number[]): [number, number][] {
  const share = (from: number, to: number) => from / (from - to);
  const crosses = (from: number, to: number) => from < 0 !== to < 0;
  return [
    ...(crosses(a!, b!) ? [[share(a!, b!), 0] as [number, number]] : []),
    ...(crosses(b!, c!) ? [[1, share(b!, c!)] as [number, number]] : []),
    ...(crosses(d!, c!) ? [[share(d!, c!), 1] as [number, number]] : []),
    ...(crosses(a!, d!) ? [[0, share(a!, d!)] as [number, number]] : []),
  ];
}
