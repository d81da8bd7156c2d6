/** Files that the app writes while a test waits. */
import fs from 'node:fs';
import { expect } from '@playwright/test';

/** Waits until a file is there and no longer grows. */
export async function written(file: string): Promise<number> {
  await expect.poll(() => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
  return fs.statSync(file).size;
}
