import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { tf } from '../tensor.ts';
import { randomFeatureDistance, spread, type Images } from './index.ts';

const COUNT = 40;
function noise({ step, scale = 0.3, offset = 0 }: { step: number; scale?: number; offset?: number }): Images {
  const numbers = randomNormal({ seed: 1, stream: 'z', step }, COUNT * 16 * 16 * 3).map(
    (value) => offset + scale * value,
  );
  return { numbers, size: 16, channels: 3 };
}

test('a set is at distance 0 from itself, near to a similar one, and far from others', () => {
  const like = randomFeatureDistance(noise({ step: 0 }), noise({ step: 1 }));
  expect(randomFeatureDistance(noise({ step: 0 }), noise({ step: 0 }))).toBe(0);
  expect(randomFeatureDistance(noise({ step: 0 }), noise({ step: 1, scale: 0.6 }))).toBeGreaterThan(5 * like);
  expect(randomFeatureDistance(noise({ step: 0 }), noise({ step: 1, offset: 0.5 }))).toBeGreaterThan(
    5 * like,
  );
});

test('the distance grows as images move away, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const distances = [0.1, 0.2, 0.4].map((offset) =>
    randomFeatureDistance(noise({ step: 0 }), noise({ step: 0, offset })),
  );
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect(tf.memory().numTensors).toBe(before);
});

test('equal images have no spread; independent noise spreads by its scale times the square root of two', () => {
  expect(spread({ numbers: new Float32Array(5 * 16 * 16 * 3).fill(0.2), size: 16, channels: 3 })).toBe(0);
  expect(spread(noise({ step: 0 }))).toBeCloseTo(0.3 * Math.SQRT2, 1);
});
