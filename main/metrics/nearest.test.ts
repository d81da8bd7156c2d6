import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { tf } from '../tensor.ts';
import { nearest, shareBelow, type Images } from './index.ts';

const LENGTH = 8 * 8 * 3;
const noise = (step: number, count = 30): Images => ({
  numbers: randomNormal({ seed: 1, stream: 'z', step }, count * LENGTH).map((value) => 0.3 * value),
  size: 8,
  channels: 3,
});

test('a copy is at distance 0 from its original, and the original is found', () => {
  const training = noise(0);
  const copies: Images = { ...training, numbers: training.numbers.slice(3 * LENGTH, 6 * LENGTH) };
  expect(nearest(copies, training)).toEqual({ pixels: [0, 0, 0], features: [0, 0, 0], index: [3, 4, 5] });
});

test('distances are the smallest ones that loops over all pairs find', () => {
  const [images, training] = [noise(1, 4), noise(0)];
  const distance = (image: number, other: number) =>
    Math.sqrt(
      images.numbers
        .slice(image * LENGTH, (image + 1) * LENGTH)
        .reduce((sum, value, place) => sum + (value - training.numbers[other * LENGTH + place]!) ** 2, 0) /
        LENGTH,
    );
  const before = tf.memory().numTensors;
  const { pixels, index } = nearest(images, training);
  expect(tf.memory().numTensors).toBe(before);
  pixels.forEach((value, image) => {
    expect(value).toBeCloseTo(
      Math.min(...Array.from({ length: 30 }, (_, other) => distance(image, other))),
      5,
    );
    expect(value).toBeCloseTo(distance(image, index[image]!), 5);
  });
});

test('new images lie below the 5% quantile as seldom as held-out ones do; copies with a little noise always do', () => {
  const [training, heldOut, fresh] = [noise(0, 60), noise(1, 200), noise(2, 200)];
  const nearCopies: Images = {
    ...training,
    numbers: training.numbers.map((value, index) => value + 0.05 * Math.sin(index)),
  };
  const [expected, distances, copied] = [heldOut, fresh, nearCopies].map((images) =>
    nearest(images, training),
  );
  for (const measure of ['pixels', 'features'] as const) {
    expect(
      shareBelow({ distances: distances![measure], expected: expected![measure], quantile: 0.05 }),
    ).toBeLessThan(0.15);
    expect(shareBelow({ distances: copied![measure], expected: expected![measure], quantile: 0.05 })).toBe(1);
  }
});

test('the share counts what is below the bound', () => {
  const expected = Array.from({ length: 20 }, (_, index) => index);
  expect(shareBelow({ distances: [0, 0.5, 1, 2], expected, quantile: 0.05 })).toBe(0.5);
});
