/** A least-squares line through measurements: how fast something grows, and how sure that is. */

/** A measurement at one time. */
export type Point = { hours: number; value: number };

/** The slope of the line of least squares, and its standard error, both per hour. */
export type Trend = { perHour: number; error: number };

/** Fits a line; undefined of fewer than three points, or of points of one time. */
export function trendOf(points: readonly Point[]): Trend | undefined {
  const count = points.length;
  if (count < 3) return undefined;
  const mean = (of: (point: Point) => number) => points.reduce((sum, each) => sum + of(each), 0) / count;
  const hours = mean((point) => point.hours);
  const value = mean((point) => point.value);
  const spread = mean((point) => (point.hours - hours) ** 2) * count;
  if (spread === 0) return undefined;
  const perHour = (mean((point) => (point.hours - hours) * (point.value - value)) * count) / spread;
  const off = mean((point) => (point.value - value - perHour * (point.hours - hours)) ** 2) * count;
  return { perHour, error: Math.sqrt(off / (count - 2) / spread) };
}

/**
 * Whether it surely grows faster than `most` an hour: its slope exceeds that by two standard errors, so about
 * one in forty that do not grow is reported.
 */
export function growsBeyond({ perHour, error }: Trend, most: number): boolean {
  return perHour - 2 * error > most;
}
