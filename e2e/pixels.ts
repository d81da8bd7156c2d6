/** Hashes what a canvas shows. */
import type { Locator } from '@playwright/test';

/** A 32-bit hash of all pixels of the first canvas in this element: another hash means another picture. */
export function pixelsIn(element: Locator): Promise<number> {
  return element
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((hash, value) => (Math.imul(hash, 31) + value) | 0, 7);
    });
}
