/** What a run told before it goes on. */
import type { RunEvent } from '../contract/index.ts';
import { scanEvents } from '../runs/index.ts';

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
  const take = ({ event }: { event: RunEvent }): void => {
    goesOn = true;
    note(event);
    if (event.type !== 'losses') past.push(event);
  };
  scanEvents(folder, { losses: take, other: take });
  return { goesOn, past };
}
