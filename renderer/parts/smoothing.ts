/**
 * Smooths a line by an exponential moving average, with Adam's correction of the bias towards 0
 * (arXiv:1412.6980).
 */

/**
 * The smoothed values. `weight`, from 0 to below 1, is how much the past counts; 0 returns the values
 * themselves. NaN and infinite values stay as they are and do not enter the average.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  let average = 0;
  /** weight ** (number of values so far): the share of `average` that is still its start at 0. */
  let debt = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = weight * average + (1 - weight) * value;
    debt *= weight;
    return average / (1 - debt);
  });
}

/** Values with less weight than this are left out. */
const FORGOTTEN = 1e-4;

/**
 * The smoothed value at one index, from only as many values before it as still count; undefined beyond the
 * line.
 */
export function smoothedAt(values: Float64Array, index: number, weight: number): number | undefined {
  const last = values[index];
  if (last === undefined || weight <= 0 || !Number.isFinite(last)) return last;
  const counted = Math.ceil(Math.log(FORGOTTEN) / Math.log(weight));
  return smooth(values.slice(Math.max(0, index + 1 - counted), index + 1), weight).at(-1);
}
