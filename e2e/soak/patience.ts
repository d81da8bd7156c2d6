/** How long the person waits for the app, and how long they only look. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './actions.ts';

/** For an assertion that waits for work of the app. */
export const PATIENCE = { timeout: 60_000 };

/** Waits for a random time from 1 to `mostSeconds` seconds. */
export function pass(chance: Chance, mostSeconds: number): Promise<void> {
  return sleep(1000 * (1 + chance() * (mostSeconds - 1)));
}
