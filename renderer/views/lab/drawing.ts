/** How points are drawn on the plane: strokes of the pointer, and a cursor that keys move. */
import type { Centre } from '../../state/own-points.svelte.ts';

const ARROWS: Record<string, Centre> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** How far a key moves the cursor, without and with Shift, as a share of the extent. */
const SHORT = 0.02;
const LONG = 0.1;
/** Least distance between the points of a stroke, as a share of the extent. */
const APART = 0.08;

/** Where this key moves the cursor, within the plane; undefined for a key that does not. */
export function movedBy(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  [x, y]: Centre,
  extent: number,
): Centre | undefined {
  const way = ARROWS[key];
  if (!way) return undefined;
  const by = extent * (shiftKey ? LONG : SHORT);
  const within = (value: number): number => Number(Math.max(-extent, Math.min(extent, value)).toFixed(4));
  return [within(x + by * way[0]), within(y + by * way[1])];
}

/** Whether a stroke has come far enough for another point. */
export function isApart({ one, other, extent }: { one: Centre; other: Centre; extent: number }): boolean {
  return Math.hypot(other[0] - one[0], other[1] - one[1]) >= extent * APART;
}
