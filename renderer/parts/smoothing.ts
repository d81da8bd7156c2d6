/** Smooths a line by an exponential moving average that starts unbiased. */

/**
 * Smoothed values; weight 0 gives the values back, towards 1 the past counts for more. Not-a-number values
 * are passed over.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  let average = 0;
  /** weight to the power of values counted: what the average still owes to its start at 0. */
  let debt = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = weight * average + (1 - weight) * value;
    debt *= weight;
    return average / (1 - debt);
  });
}

/** What an average forgets: values that count for less than this are left out. */
const FORGOTTEN = 1e-4;

/** The smoothed value at one place, from as many values before it as still count. */
export function smoothedAt(values: Float64Array, place: number, weight: number): number | undefined {
  const last = values[place];
  if (last === undefined || weight <= 0 || !Number.isFinite(last)) return last;
  const counted = Math.ceil(Math.log(FORGOTTEN) / Math.log(weight));
  return smooth(values.slice(Math.max(0, place + 1 - counted), place + 1), weight).at(-1);
}
