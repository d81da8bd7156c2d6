/**
 * How large the pictures of the grid are: about ten fit into a row, and every class has a row in the window.
 */

/** CSS pixels along a picture's edge. */
const SMALLEST = 56;
const LARGEST = 128;
/**
 * About IN_A_ROW pictures fit into a row, and at least FEWEST_ROWS rows; what stands above rows of classes is
 * ABOVE rows high.
 */
const IN_A_ROW = 10;
const FEWEST_ROWS = 9;
const ABOVE = 3;

/**
 * Side of a picture in CSS pixels. `size` is its width in its own pixels, of which the side is a whole
 * multiple in device pixels where there is room. `width` and `windowHeight` are CSS pixels; `density` is
 * device pixels per CSS pixel.
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
  /** How many classes there are. */
  rows?: number;
  density: number;
}): number {
  const room = Math.min(width / IN_A_ROW, windowHeight / Math.max(FEWEST_ROWS, rows + ABOVE));
  const wanted = Math.round(Math.min(LARGEST, Math.max(SMALLEST, room))) * density;
  return wanted < size ? wanted / density : (Math.max(1, Math.round(wanted / size)) * size) / density;
}
