/** Where images land on a canvas. */
import { expect, test } from 'vitest';
import { layoutColumns, layoutFlow } from './draw-images.ts';

test('pixels are enlarged by a whole number when there is room', () => {
  const layout = layoutColumns({ count: 64, size: 28, width: 480, density: 1, columns: 8 });
  expect(layout.cell).toBe(56);
  expect(layout.width).toBe(8 * 56 + 7 * 2);
});

test('pixels are enlarged unevenly rather than leave a third of the room empty', () => {
  expect(layoutColumns({ count: 64, size: 28, width: 454, density: 1, columns: 8 }).cell).toBe(55);
});

test('images too large for the room shrink into it', () => {
  const layout = layoutColumns({ count: 64, size: 128, width: 480, density: 1, columns: 8 });
  expect(layout.width).toBeLessThanOrEqual(480);
  expect(layout.cell).toBe(58);
});

test('height limits a grid too', () => {
  const layout = layoutColumns({ count: 4, size: 28, width: 1000, height: 120, density: 1, columns: 2 });
  expect(layout.height).toBeLessThanOrEqual(120);
});

test('a flow fills the width with images near the target', () => {
  const layout = layoutFlow({ count: 120, size: 28, width: 600, density: 2, target: 56 });
  expect(layout.cell).toBe(112);
  expect(layout.width).toBeLessThanOrEqual(1200);
  expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(120);
});

test('fewer images than columns take no more room than they need', () => {
  expect(layoutFlow({ count: 3, size: 64, width: 900, density: 1, target: 64 }).columns).toBe(3);
});
