/**
 * Talks to the set-up that opened the app from a terminal, if one did: tells it when the window is shown, and
 * logs what Chromium printed, which set-up passes on.
 */
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { log } from './log.ts';

const printedSchema = z.object({ printed: z.string() });

export function answerTerminal(window: BrowserWindow, { logs }: { logs: string }): void {
  if (!process.send) return;
  process.on('message', (message) => {
    const { data } = printedSchema.safeParse(message);
    if (data) log.info(data.printed);
  });
  window.once('show', () => process.send?.({ opened: true, logs }));
}
