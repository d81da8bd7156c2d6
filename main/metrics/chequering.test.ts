import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { chequering } from './index.ts';

const [COUNT, SIZE] = [200, 32];

/** Pictures of noise, blurred a little, and a pattern on top. */
function pictures(pattern: (row: number, column: number, picture: number) => number) {
  const noise = randomNormal({ seed: 1, stream: 'latent', step: 0 }, COUNT * SIZE * SIZE);
  const at = (picture: number, row: number, column: number) =>
    noise[picture * SIZE * SIZE + (row % SIZE) * SIZE + (column % SIZE)]!;
  const numbers = noise.map((_, index) => {
    const picture = Math.floor(index / (SIZE * SIZE));
    const [row, column] = [Math.floor(index / SIZE) % SIZE, index % SIZE];
    const blurred = at(picture, row, column) + at(picture, row + 1, column) + at(picture, row, column + 1);
    return 0.1 * blurred + pattern(row, column, picture);
  });
  return { numbers, size: SIZE, channels: 1 };
}

test('is about 1 if nothing repeats', () => {
  expect(chequering(pictures(() => 0))).toBeGreaterThan(0.9);
  expect(chequering(pictures(() => 0))).toBeLessThan(1.5);
});

test.each([2, 4, 8])('finds a pattern of %i pixels along rows, along columns and along both', (period) => {
  const wave = (at: number) => 0.05 * Math.cos((2 * Math.PI * at) / period);
  for (const pattern of [
    (row: number) => wave(row),
    (_: number, column: number) => wave(column),
    (row: number, column: number) => wave(row) * Math.sign(wave(column) + 1e-9),
    // Each picture has the pattern at another offset.
    (row: number, _: number, picture: number) => wave(row + picture),
  ])
    expect(chequering(pictures(pattern))).toBeGreaterThan(3);
});

test('a pattern of another period is not found', () => {
  const wave = (row: number) => 0.05 * Math.cos((2 * Math.PI * row) / 3.2);
  expect(chequering(pictures(wave))).toBeLessThan(1.5);
});

test('equals the power of a wave beside that of its neighbours, computed by hand', () => {
  // cos at frequency 8 with amplitude a, and at 7 and 9, 6 and 10 with amplitude 1: (a / 1)^2.
  const amplitude = 3;
  const waves = (row: number) =>
    [6, 7, 8, 9, 10].reduce(
      (sum, frequency) =>
        sum + (frequency === 8 ? amplitude : 1) * Math.cos((2 * Math.PI * frequency * row) / SIZE),
      0,
    );
  // An impulse adds the same power at every frequency, so that nothing is divided by 0.
  const impulse = (row: number, column: number) => (row === 0 && column === 0 ? 1e-3 : 0);
  const numbers = Float32Array.from({ length: SIZE * SIZE }, (_, index) => {
    const [row, column] = [Math.floor(index / SIZE), index % SIZE];
    return waves(row) + impulse(row, column);
  });
  expect(chequering({ numbers, size: SIZE, channels: 1 })).toBeCloseTo(amplitude ** 2, 2);
});
