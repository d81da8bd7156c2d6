/**
 * Thins a line to the screen's width without losing a spike: each bucket keeps its lowest and its highest
 * point.
 */

export type Point = { x: number; y: number };

/** First index whose x is at least `value`, or the length if there is none; x must be rising. */
export function lowerBound(x: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index whose x is nearest to `value`, or -1 if there are no points; x must be rising. */
export function nearestIndex(x: Float64Array, value: number): number {
  const after = lowerBound(x, value);
  if (after === 0) return x.length > 0 ? 0 : -1;
  if (after === x.length) return x.length - 1;
  const [below = NaN, above = NaN] = x.subarray(after - 1);
  return value - below <= above - value ? after - 1 : after;
}

/**
 * Index of the last number at or before `index`, or -1 if there is none: a line has NaN at steps without a
 * number.
 */
export function lastKnown(y: Float64Array, index: number): number {
  let known = Math.min(index, y.length - 1);
  while (known >= 0 && Number.isNaN(y[known])) known--;
  return known;
}

/**
 * Points to draw for x in [from, to], in order: all of them if they are few enough, else at most two per
 * bucket. Steps without a number have no point.
 */
export function minMaxPoints({
  x,
  y,
  from,
  to,
  buckets,
}: {
  x: Float64Array;
  y: Float64Array;
  from: number;
  to: number;
  buckets: number;
}): Point[] {
  // One point beyond each end, so that a zoomed line runs to the edge.
  const first = Math.max(0, lastKnown(y, lowerBound(x, from) - 1));
  let end = Math.min(x.length, lowerBound(x, to) + 1);
  const gap = y.subarray(end - 1).findIndex((value) => !Number.isNaN(value));
  end = gap < 0 ? y.length : end + gap;
  const count = end - first;
  const pointAt = (index: number): Point => ({ x: x[index] ?? NaN, y: y[index] ?? NaN });
  if (count <= buckets * 2) {
    const points = Array.from({ length: count }, (_, at) => pointAt(first + at));
    return points.filter((point) => !Number.isNaN(point.y));
  }
  const points: Point[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = first + Math.floor((bucket * count) / buckets);
    const stop = first + Math.floor(((bucket + 1) * count) / buckets);
    const [lowest, highest] = extremesOf(y.subarray(start, stop));
    if (lowest < 0) continue;
    points.push(pointAt(start + Math.min(lowest, highest)));
    if (lowest !== highest) points.push(pointAt(start + Math.max(lowest, highest)));
  }
  return points;
}

/** Indices of the lowest and of the highest finite number, both -1 if there is none. */
function extremesOf(values: Float64Array): [lowest: number, highest: number] {
  let [lowest, highest] = [-1, -1];
  let [least, most] = [Infinity, -Infinity];
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) return;
    if (value < least) [lowest, least] = [index, value];
    if (value > most) [highest, most] = [index, value];
  });
  return [lowest, highest];
}
