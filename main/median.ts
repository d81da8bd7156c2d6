/** The median of measurements of time, which noise affects least. */

/** The middle value, or the larger of the two middle ones. Throws RangeError for an empty list. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new RangeError('There are no measurements, so there is no median.');
  return middle;
}
