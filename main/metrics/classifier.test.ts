import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { tf } from '../tensor.ts';
import { classifierScore, trainClassifier, type Images } from './index.ts';

const oneHot = (classes: number[], count: number, probability = 1) =>
  Float32Array.from(
    classes.flatMap((chosen) =>
      Array.from({ length: count }, (_, one) =>
        one === chosen ? probability : (1 - probability) / (count - 1),
      ),
    ),
  );

test('certain and even predictions cover all classes: a distance of 0, and the number of classes as the score', () => {
  const score = classifierScore(oneHot([0, 1, 2, 3, 0, 1, 2, 3], 4), 4);
  expect(score).toMatchObject({ classes: 4, confidence: 1, distance: 0 });
  expect(score.score).toBeCloseTo(4);
});

test('images of one class cover one class, at the largest distance, with a score of 1', () => {
  expect(classifierScore(oneHot([2, 2, 2, 2], 4), 4)).toEqual({
    classes: 1,
    confidence: 1,
    distance: 0.75,
    score: 1,
  });
});

test('a class counts if clear images of it are at least a fifth of an even share', () => {
  const ofTen = (rare: number) => Array.from({ length: 100 }, (_, image) => (image < rare ? 9 : image % 9));
  expect(classifierScore(oneHot(ofTen(2), 10), 10).classes).toBe(10);
  expect(classifierScore(oneHot(ofTen(1), 10), 10).classes).toBe(9);
  expect(classifierScore(oneHot(ofTen(10), 10, 0.5), 10)).toMatchObject({ classes: 0, confidence: 0.5 });
});

/** Noise with a bright square in one of the four quarters, which is the label. */
function squares(count: number): { images: Images; labels: number[]; classes: number } {
  const numbers = randomNormal({ seed: 1, stream: 'z', step: 0 }, count * 64).map(
    (value) => 0.3 * value - 0.5,
  );
  const labels = Array.from({ length: count }, (_, image) => image % 4);
  labels.forEach((label, image) => {
    for (const [row, column] of [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ] as const) {
      numbers[image * 64 + (row + 4 * Math.floor(label / 2)) * 8 + column + 4 * (label % 2)] = 1;
    }
  });
  return { images: { numbers, size: 8, channels: 1 }, labels, classes: 4 };
}

test('a classifier learns what it is shown, the same one from the same seed, and leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const learn = () => trainClassifier(squares(1000), { seed: 1, epochs: 3 });
  const [one, other] = [learn(), learn()];
  const { images } = squares(40);
  expect(one.accuracy).toBeGreaterThan(0.97);
  expect(classifierScore(one.classifier.probabilities(images), 4).classes).toBe(4);
  expect(other.classifier.probabilities(images)).toEqual(one.classifier.probabilities(images));
  for (const { classifier } of [one, other]) classifier.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
