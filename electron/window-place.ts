/** Where the window was when it was last closed; a place off every screen is forgotten. */
import fs from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import { writeWhole } from '#main/runs/files.ts';
import { describeError, log } from './log.ts';

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
const DEFAULT_SIZE = { width: 1280, height: 800 };
/** So much of the window must be on a screen for a person to get hold of it. */
const GRIP = 100;

/** The size, and the place if there is a good one. */
export function placeOf(memory: string): Partial<Rectangle> {
  try {
    const place = placeSchema.parse(JSON.parse(fs.readFileSync(memory, 'utf8')));
    return isOnScreen(place) ? place : { ...DEFAULT_SIZE };
  } catch {
    return { ...DEFAULT_SIZE };
  }
}

/** Saves the place when the window closes; a full-screen or maximised window's normal one. */
export function rememberPlace(window: BrowserWindow, memory: string): void {
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
