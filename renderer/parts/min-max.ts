/** Thins a line to the screen's width without losing a spike: each bucket keeps its lowest and its highest point. */

export type Point = { x: number; y: number };

/** First index whose x is at least `value`; x ascends. */
export function lowerBound(x: Float64Array, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index whose x is nearest to `value`, or -1 when there are no points. */
export function nearestIndex(x: Float64Array, value: number): number {
  const after = lowerBound(x, value);
  if (after === 0) return x.length > 0 ? 0 : -1;
  if (after === x.length) return x.length - 1;
  return value - x[after - 1]! <= x[after]! - value ? after - 1 : after;
}

/** Index of the last number at or before this one, -1 when there is none: a line may sit steps out. */
export function lastKnown(y: Float64Array, index: number): number {
  let known = Math.min(index, y.length - 1);
  while (known >= 0 && Number.isNaN(y[known]!)) known--;
  return known;
}

/** Points to draw for x in [from, to], at most two per bucket and in order; all of them when they fit. Steps without a number have no point. */
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
  while (end < y.length && Number.isNaN(y[end - 1]!)) end++;
  const count = end - first;
  const points: Point[] = [];
  if (count <= buckets * 2) {
    for (let i = first; i < end; i++) if (!Number.isNaN(y[i]!)) points.push({ x: x[i]!, y: y[i]! });
    return points;
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = first + Math.floor((bucket * count) / buckets);
    const stop = first + Math.floor(((bucket + 1) * count) / buckets);
    let lowest = -1;
    let highest = -1;
    for (let i = start; i < stop; i++) {
      if (!Number.isFinite(y[i]!)) continue;
      if (lowest < 0 || y[i]! < y[lowest]!) lowest = i;
      if (highest < 0 || y[i]! > y[highest]!) highest = i;
    }
    if (lowest < 0) continue;
    points.push({ x: x[Math.min(lowest, highest)]!, y: y[Math.min(lowest, highest)]! });
    if (lowest !== highest)
      points.push({ x: x[Math.max(lowest, highest)]!, y: y[Math.max(lowest, highest)]! });
  }
  return points;
}
