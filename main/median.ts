/** The middle one of several measurements: noise moves it least. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new RangeError('There are no measurements, so there is no median.');
  return middle;
}
