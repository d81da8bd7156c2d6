/** How long the person waits for the app, and how long one only looks at it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './actions.ts';

/** For what the app does. */
export const PATIENCE = { timeout: 60_000 };

/** From one second to so many, by chance. */
export function pass(chance: Chance, mostSeconds: number): Promise<void> {
  return sleep(1000 * (1 + chance() * (mostSeconds - 1)));
}
