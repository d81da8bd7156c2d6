/** Moves through a grid of cells with the keyboard, by where the cells are on the screen. */

type Box = Pick<DOMRect, 'left' | 'top'>;

/** Index of the cell that an arrow key, Home or End leads to from cell `from`; undefined for other keys. */
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

/**
 * The same for images in any order: where rows have become columns, the image to the right is not the next
 * one.
 */
export function spotBeside(
  spots: readonly { x: number; y: number }[],
  from: number,
  key: string,
): number | undefined {
  const cells = spots
    .map(({ x, y }, index) => ({ left: x, top: y, index }))
    .sort((one, other) => one.top - other.top || one.left - other.left);
  const here = cells.findIndex(({ index }) => index === from);
  const to = cellBeside(cells, here, key);
  return to === undefined ? undefined : cells[to]?.index;
}

/** Index of the nearest cell in the row above (-1) or below (1); `from` if there is no such row. */
function inNextRow(boxes: readonly Box[], from: number, step: 1 | -1): number {
  const here = boxes[from];
  if (!here) return from;
  let found = from;
  let least = Infinity;
  boxes.forEach(({ left, top }, index) => {
    const down = (top - here.top) * step;
    // A row further away counts more than any distance within it.
    const distance = down * 1e4 + Math.abs(left - here.left);
    if (down < 1 || distance >= least) return;
    found = index;
    least = distance;
  });
  return found;
}
