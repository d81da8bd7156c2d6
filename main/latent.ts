/**
 * Points of the latent space, and walks between them. It makes no tensors, so that an exported page can draw
 * and walk with the same code.
 */
import { randomNormal, randomUniform, randomWords, type RandomKey } from './random.ts';
import type { LatentSource, Sources } from './game/index.ts';

export type LatentPart = Omit<LatentSource, 'kind'> & { name: string };
/** What a GAN draws, part by part; the numbers of a point are those of its parts, one after the other. */
export type LatentSpace = readonly LatentPart[];

/** The latent space of a GAN: all latent sources that it draws. */
export function latentSpace(sources: Sources): LatentSpace {
  return Object.entries(sources).flatMap(([name, source]) =>
    source.kind === 'latent' ? [{ name, size: source.size, distribution: source.distribution }] : [],
  );
}

/** Numbers in a point. */
export function sizeOf(space: LatentSpace): number {
  return space.reduce((sum, { size }) => sum + size, 0);
}

/** `count` draws of one part, [count * size] numbers. */
export function drawPart(
  { size, distribution }: Omit<LatentPart, 'name'>,
  key: RandomKey,
  count: number,
): Float32Array {
  if (distribution === 'normal') return randomNormal(key, count * size);
  if (distribution === 'uniform') return randomUniform(key, count * size);
  const numbers = new Float32Array(count * size);
  randomWords(key, count).forEach((word, row) => (numbers[row * size + (word % size)] = 1));
  return numbers;
}

/** `count` points, [count * size of the space] numbers. */
export function drawPoints(space: LatentSpace, key: RandomKey, count: number): Float32Array {
  const [first, ...others] = space.map((part, index) => drawPart(part, { ...key, part: index }, count));
  return first && others.length === 0 ? first : joined(space, [first, ...others] as Float32Array[]);
}

/**
 * Joins the numbers of all parts, point by point: [count * size] of each part -> [count * size of the space].
 */
export function joined(space: LatentSpace, parts: readonly Float32Array[]): Float32Array {
  const width = sizeOf(space);
  const rows = (parts[0]?.length ?? 0) / (space[0]?.size ?? 1);
  const points = new Float32Array(rows * width);
  let offset = 0;
  space.forEach(({ size }, index) => {
    for (let row = 0; row < rows; row++)
      points.set(parts[index]!.subarray(row * size, (row + 1) * size), row * width + offset);
    offset += size;
  });
  return points;
}

/** The point that a seed names. */
export function pointOfSeed(space: LatentSpace, seed: number): Float32Array {
  return drawPoints(space, { seed, stream: 'latent', step: 0 }, 1);
}

/** (1 - t) a + t b. */
export function linear(a: Float32Array, b: Float32Array, t: number): Float32Array {
  return mixed([a, b], [1 - t, t]);
}

function mixed([a, b]: [Float32Array, Float32Array], [ofA, ofB]: [number, number]): Float32Array {
  return a.map((value, index) => ofA * value + ofB * (b[index] ?? 0));
}

/**
 * Along the great circle: sin((1 - t) angle) / sin(angle) a + sin(t angle) / sin(angle) b, with the angle
 * between a and b. It keeps the length that normally distributed points have in high dimensions. White 2016,
 * Sampling Generative Networks.
 */
export function spherical(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const dot = (p: Float32Array, q: Float32Array) =>
    p.reduce((sum, value, index) => sum + value * (q[index] ?? 0), 0);
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  // For parallel points, and if one is the origin, which has no direction (NaN).
  if (!(Math.sin(angle) >= 1e-6)) return linear(a, b, t);
  const [fromA, fromB] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
  return mixed([a, b], [fromA, fromB]);
}

export type Way = 'linear' | 'spherical';

/**
 * The points at these positions, in [0, 1], on the way from one point to another: [positions * size] numbers.
 * A one-hot part always goes in a straight line.
 */
export function walk(
  space: LatentSpace,
  [from, to]: readonly [Float32Array, Float32Array],
  { way, positions }: { way: Way; positions: readonly number[] },
): Float32Array {
  const width = sizeOf(space);
  const points = new Float32Array(positions.length * width);
  positions.forEach((t, index) => {
    let offset = 0;
    for (const { size, distribution } of space) {
      const step = way === 'linear' || distribution === 'one-hot' ? linear : spherical;
      const part = (point: Float32Array) => point.subarray(offset, offset + size);
      points.set(step(part(from), part(to), t), index * width + offset);
      offset += size;
    }
  });
  return points;
}
