/** Compares the numbers of exports in tests. */
import type { Numbers } from '../layers/index.ts';

type Plain = { shape: readonly number[]; values: ArrayLike<number> };

/** `rows` rows, repeating those of the numbers in turn. */
export function repeated({ shape, values }: Plain, rows: number): Numbers {
  const [known = 1, ...rest] = shape;
  const size = rest.reduce((product, one) => product * one, 1);
  const all = new Float32Array(rows * size);
  return {
    shape: [rows, ...rest],
    values: all.map((_, index) => values[index % (known * size)] ?? NaN),
  };
}

/** NaN if one of the numbers is. */
export function largestDifference(one: Plain, other: Plain): number {
  return Array.from(one.values).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (other.values[index] ?? NaN))),
    0,
  );
}

/** The difference between the largest and the smallest number. */
export function rangeOf({ values }: Plain): number {
  const sorted = Float32Array.from(values).sort();
  return (sorted.at(-1) ?? NaN) - (sorted[0] ?? NaN);
}

/** The tensors of a safetensors file, by name. */
export function tensorsIn(bytes: Uint8Array): Record<string, Numbers> {
  const file = Buffer.from(bytes);
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, start)) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return Object.fromEntries(
    entries.map(
      ([
        name,
        {
          shape,
          data_offsets: [from, to],
        },
      ]) => [
        name,
        { shape, values: new Float32Array(new Uint8Array(file.subarray(start + from, start + to)).buffer) },
      ],
    ),
  );
}
