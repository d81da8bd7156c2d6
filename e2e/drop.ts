/** Drops files from the desktop on the app's window, as the system does. */
import type { Page } from '@playwright/test';

/** Drags these files or folders from the desktop and drops them on this point of the window. */
export async function dropAt(page: Page, { x, y }: { x: number; y: number }, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
