/** Walking a grid of cells with the keyboard, by where the cells lie on the screen. */

type Box = Pick<DOMRect, 'left' | 'top'>;

/** The place of the cell that the key leads to from this one; undefined for other keys. */
export function cellBeside(boxes: readonly Box[], from: number, key: string): number | undefined {
  const last = boxes.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowUp':
    case 'ArrowDown':
      return inNextRow(boxes, from, key === 'ArrowDown' ? 1 : -1);
    default:
      return undefined;
  }
}

/** The same by where images lie: the next one to the right may be of any place once rows have become columns. */
export function spotBeside(
  spots: readonly { x: number; y: number }[],
  from: number,
  key: string,
): number | undefined {
  const cells = spots
    .map(({ x, y }, place) => ({ left: x, top: y, place }))
    .sort((one, other) => one.top - other.top || one.left - other.left);
  const here = cells.findIndex(({ place }) => place === from);
  const to = cellBeside(cells, here, key);
  return to === undefined ? undefined : cells[to]?.place;
}

/** The nearest cell of the row above or below; this one where there is none. */
function inNextRow(boxes: readonly Box[], from: number, step: 1 | -1): number {
  const here = boxes[from];
  if (!here) return from;
  let found = from;
  let least = Infinity;
  boxes.forEach(({ left, top }, place) => {
    const down = (top - here.top) * step;
    // A row further away counts more than any distance within it.
    const distance = down * 1e4 + Math.abs(left - here.left);
    if (down < 1 || distance >= least) return;
    found = place;
    least = distance;
  });
  return found;
}
