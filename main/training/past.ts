/** Reads what happened in a run before it is resumed. */
import type { RunEvent } from '../contract/index.ts';
import { scanEvents } from '../runs/index.ts';

/**
 * The earlier events, without losses, which have a line for each step; `note` is called with all of them.
 * `goesOn`: whether there are any. Throws StudioError `run-unsafe`.
 */
export function readPast(
  folder: string,
  note: (event: RunEvent) => void,
): { goesOn: boolean; past: RunEvent[] } {
  const past: RunEvent[] = [];
  let goesOn = false;
  const take = ({ event }: { event: RunEvent }): void => {
    goesOn = true;
    note(event);
    if (event.type !== 'losses') past.push(event);
  };
  scanEvents(folder, { losses: take, other: take });
  return { goesOn, past };
}
