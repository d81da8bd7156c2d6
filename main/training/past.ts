/** What a run told before it goes on. */
import type { RunEvent } from '../contract/index.ts';
import { eachEvent } from '../runs/index.ts';

/**
 * The events without losses, of which there is a line for each step; `note` is told of all. Throws StudioError
 * `run-unsafe`.
 */
export function readPast(
  folder: string,
  note: (event: RunEvent) => void,
): { goesOn: boolean; past: RunEvent[] } {
  const past: RunEvent[] = [];
  let goesOn = false;
  for (const { event } of eachEvent(folder)) {
    goesOn = true;
    note(event);
    if (event.type !== 'losses') past.push(event);
  }
  return { goesOn, past };
}
