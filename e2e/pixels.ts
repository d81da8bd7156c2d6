/** What a canvas shows, as a number. */
import type { Locator } from '@playwright/test';

/** A number that all pixels of the place's canvas go into: another number, another picture. */
export function pixelsIn(place: Locator): Promise<number> {
  return place
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((hash, value) => (Math.imul(hash, 31) + value) | 0, 7);
    });
}
