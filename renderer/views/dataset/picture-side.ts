/** How large the pictures of the grid are: as large as the window lets some of each class be seen. */

/** CSS pixels along a picture's edge. */
const SMALLEST = 56;
const LARGEST = 128;
/** About so many pictures in a row, at least so many rows; ABOVE: the height of what is above rows of classes. */
const IN_A_ROW = 10;
const FEWEST_ROWS = 9;
const ABOVE = 3;

/**
 * CSS pixels along the edge of a picture that is `size` pixels wide: a whole multiple of them where there is room.
 * `width` and `windowHeight` are CSS pixels, too.
 */
export function pictureSide({
  size,
  width,
  windowHeight,
  rows = 0,
  density,
}: {
  size: number;
  width: number;
  windowHeight: number;
  /** Of classes. */
  rows?: number;
  density: number;
}): number {
  const room = Math.min(width / IN_A_ROW, windowHeight / Math.max(FEWEST_ROWS, rows + ABOVE));
  const wanted = Math.round(Math.min(LARGEST, Math.max(SMALLEST, room))) * density;
  return wanted < size ? wanted / density : (Math.max(1, Math.round(wanted / size)) * size) / density;
}
