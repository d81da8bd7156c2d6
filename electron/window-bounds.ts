/** The window's position and size when it was last closed; a position off every screen is ignored. */
import fs from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import { writeWhole } from '#main/runs/files.ts';
import { describeError, log } from './log.ts';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
const DEFAULT_SIZE = { width: 1280, height: 800 };
/** How many pixels of the window must be on a screen for a person to get hold of it. */
const GRIP = 100;

/** The bounds kept in the file `memory`; the default size alone when there are none, or none on a screen. */
export function boundsOf(memory: string): Partial<Rectangle> {
  try {
    const bounds = boundsSchema.parse(JSON.parse(fs.readFileSync(memory, 'utf8')));
    return isOnScreen(bounds) ? bounds : { ...DEFAULT_SIZE };
  } catch {
    return { ...DEFAULT_SIZE };
  }
}

/** Saves the bounds when the window closes; of a full-screen or maximised window, its normal ones. */
export function rememberBounds(window: BrowserWindow, memory: string): void {
  window.on('close', () => {
    try {
      writeWhole(memory, JSON.stringify(window.getNormalBounds()));
    } catch (error) {
      log.warn(`The window’s position could not be saved: ${describeError(error)}`);
    }
  });
}

function isOnScreen({ x, y, width }: Rectangle): boolean {
  return screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        x + width - GRIP > workArea.x &&
        x + GRIP < workArea.x + workArea.width &&
        y >= workArea.y &&
        y + GRIP < workArea.y + workArea.height,
    );
}
