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
