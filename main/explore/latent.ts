/** Points of the latent space, and the ways from one to another. */
import type { Interpolation } from '../contract/index.ts';
import { randomNormal, randomUniform, type RandomKey } from '../random.ts';

export type LatentSpace = { size: number; distribution: 'normal' | 'uniform' };

/** `count` points, [count * size] numbers: standard normal, or uniform over [-1, 1). */
export function drawPoints({ size, distribution }: LatentSpace, key: RandomKey, count: number): Float32Array {
  return (distribution === 'normal' ? randomNormal : randomUniform)(key, count * size);
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
  return a.map((value, index) => ofA * value + ofB * b[index]!);
}

/**
 * Along the great circle: sin((1 - t) angle) / sin(angle) a + sin(t angle) / sin(angle) b, with the angle
 * between a and b. Keeps the length that normal points have in high dimension. White 2016, Sampling
 * Generative Networks.
 */
export function spherical(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const dot = (p: Float32Array, q: Float32Array) =>
    p.reduce((sum, value, index) => sum + value * q[index]!, 0);
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  if (Math.sin(angle) < 1e-6) return linear(a, b, t);
  const [fromA, fromB] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
  return mixed([a, b], [fromA, fromB]);
}

/** The points at these positions between two seeds, [positions * size] numbers. */
export function walk(space: LatentSpace, { from, to, walk: way, positions }: Interpolation): Float32Array {
  const [a, b] = [pointOfSeed(space, from), pointOfSeed(space, to)];
  const points = new Float32Array(positions.length * space.size);
  positions.forEach((t, index) =>
    points.set((way === 'linear' ? linear : spherical)(a, b, t), index * space.size),
  );
  return points;
}
