import { expect, test } from 'vitest';
import reference from '../reference/metrics.json' with { type: 'json' };
import { randomNormal } from '../random.ts';
import { tf } from '../tensor.ts';
import { featuresOf, nearest, PictureSet, type Images } from './index.ts';
import { quantileOf } from './nearest.ts';

const LENGTH = 8 * 8 * 3;
const noise = (step: number, count = 30): Images => ({
  numbers: randomNormal({ seed: 1, stream: 'z', step }, count * LENGTH).map((value) => 0.3 * value),
  size: 8,
  channels: 3,
});
const seenBy = {
  pixels: (images: Images) => new PictureSet(images).pixels,
  features: featuresOf,
};

test('a copy is at distance 0 from its original, and the original is found', () => {
  const training = noise(0);
  const copies: Images = { ...training, numbers: training.numbers.slice(3 * LENGTH, 6 * LENGTH) };
  for (const rowsOf of Object.values(seenBy))
    expect(nearest(rowsOf(copies), rowsOf(training))).toEqual([
      { index: 3, distance: 0, share: 0 },
      { index: 4, distance: 0, share: 0 },
      { index: 5, distance: 0, share: 0 },
    ]);
});

test('distances are the smallest ones that loops over all pairs find', () => {
  const [images, training] = [noise(1, 4), noise(0)];
  const distance = (image: number, other: number) =>
    Math.sqrt(
      images.numbers
        .slice(image * LENGTH, (image + 1) * LENGTH)
        .reduce((sum, value, index) => sum + (value - training.numbers[other * LENGTH + index]!) ** 2, 0) /
        LENGTH,
    );
  const before = tf.memory().numTensors;
  const found = nearest(seenBy.pixels(images), seenBy.pixels(training));
  expect(tf.memory().numTensors).toBe(before);
  found.forEach(({ distance: value, index }, image) => {
    expect(value).toBeCloseTo(
      Math.min(...Array.from({ length: 30 }, (_, other) => distance(image, other))),
      5,
    );
    expect(value).toBeCloseTo(distance(image, index), 5);
  });
});

test('it finds what the reference finds', () => {
  const { width, generated, data, nearest: expected } = reference.metrics;
  const found = nearest(
    { numbers: Float32Array.from(generated), width },
    { numbers: Float32Array.from(data), width },
  );
  expect(found.map(({ index }) => index)).toEqual(expected.index);
  found.forEach(({ distance }, row) => expect(distance).toBeCloseTo(expected.distance[row]!, 5));
});

test('in a set compared with itself, in several pieces, each row finds another one', () => {
  const set = {
    numbers: Float32Array.from({ length: 600 }, (_, index) => index + 0.01 * (index % 2)),
    width: 1,
  };
  const found = nearest(set, set, 'itself');
  expect([0, 1, 2, 249, 250, 251, 599].map((row) => found[row]!.index)).toEqual([
    1, 2, 1, 250, 249, 252, 598,
  ]);
  expect(nearest(set, set)[251]).toEqual({ index: 251, distance: 0, share: 0 });
});

test('new images lie below the 5% quantile as seldom as held-out ones do; copies with a little noise always do', () => {
  const [training, heldOut, fresh] = [noise(0, 60), noise(1, 200), noise(2, 200)];
  const nearCopies: Images = {
    ...training,
    numbers: training.numbers.map((value, index) => value + 0.05 * Math.sin(index)),
  };
  for (const rowsOf of Object.values(seenBy)) {
    const [expected, distances, copied] = [heldOut, fresh, nearCopies].map((images) =>
      nearest(rowsOf(images), rowsOf(training)).map(({ distance }) => distance),
    );
    const bound = quantileOf(expected!, 0.05);
    const shareBelow = (found: number[]) =>
      found.filter((distance) => distance < bound).length / found.length;
    expect(shareBelow(distances!)).toBeLessThan(0.15);
    expect(shareBelow(copied!)).toBe(1);
  }
});

test('the share divides by the mean distance to the 50 nearest, or to all if there are fewer', () => {
  const at = (numbers: number[]) => ({ numbers: Float32Array.from(numbers), width: 1 });
  expect(nearest(at([0]), at([1, -2, 3]))).toEqual([{ index: 0, distance: 1, share: 0.5 }]);
  const many = Array.from({ length: 300 }, (_, index) => index + 1);
  expect(nearest(at([0]), at(many))[0]!.share).toBeCloseTo(1 / 25.5, 6);
});

test('a quantile is the value below which that share lies', () => {
  const values = Array.from({ length: 20 }, (_, index) => 19 - index);
  expect([0, 0.05, 0.5, 1].map((share) => quantileOf(values, share))).toEqual([0, 1, 10, 19]);
  expect(() => quantileOf([], 0.05)).toThrow(RangeError);
});
