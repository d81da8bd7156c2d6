/** What counts as a copy. */
import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { featuresOf, METRICS, nearestTrained, PictureSet, type FeatureNetwork } from './index.ts';

const LENGTH = 8 * 8 * 3;
const random: FeatureNetwork = { featuresOf, dispose: () => undefined };
const setOf = (numbers: Float32Array) => new PictureSet({ numbers, size: 8, channels: 3 }, random);
const noise = (step: number, count: number) =>
  setOf(randomNormal({ seed: 1, stream: 'z', step }, count * LENGTH).map((value) => 0.3 * value));
const copies = METRICS.find(({ kind }) => kind === 'copies')!;

const [training, heldOut, fresh] = [noise(0, 60), noise(1, 200), noise(2, 200)];
const nearCopies = setOf(training.images.numbers.map((value, index) => value + 0.05 * Math.sin(index)));
const share = (generated: PictureSet, sets: { heldOut?: PictureSet }) =>
  copies.measure({ generated, training, data: training, ...sets }).value;

test('few new pictures count as copies, and all training pictures with a little noise on them do', () => {
  for (const sets of [{ heldOut }, {}]) {
    expect(share(fresh, sets)).toBeLessThan(0.15);
    expect(share(nearCopies, sets)).toBe(1);
  }
  expect(share(heldOut, { heldOut })).toBeLessThanOrEqual(0.055);
});

test('duplicates among the training pictures hide no copies', () => {
  const doubled = setOf(Float32Array.from([...training.images.numbers, ...training.images.numbers]));
  const sets = { training: doubled, data: doubled };
  expect(copies.measure({ generated: nearCopies, ...sets }).value).toBe(1);
  expect(copies.measure({ generated: fresh, ...sets }).value).toBeLessThan(0.15);
});

test('a smooth picture is near to noise in pixels, and yet no copy', () => {
  const smooth = setOf(new Float32Array(LENGTH));
  const [found] = nearestTrained({ generated: smooth, training, data: training, heldOut });
  const [first] = nearestTrained({ generated: fresh, training, data: training, heldOut });
  expect(found!.pixels.distance).toBeLessThan(first!.pixels.distance);
  expect(found!.isCopy).toBe(false);
});

test('copies cannot be measured without training pictures', () => {
  expect(copies.needs({ generated: fresh, data: training })).toBe(false);
  expect(copies.needs({ generated: fresh, data: training, training })).toBe(true);
  expect(() => nearestTrained({ generated: fresh, data: training })).toThrow('trained on');
});
