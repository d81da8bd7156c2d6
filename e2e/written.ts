/** Waits for files that the app writes during a test. */
import fs from 'node:fs';
import { expect } from '@playwright/test';

/** Waits until a file is there and no longer grows. */
export async function written(file: string): Promise<number> {
  await expect.poll(() => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
  return fs.statSync(file).size;
}
