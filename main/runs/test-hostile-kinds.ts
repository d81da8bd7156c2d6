/**
 * What a run folder from somebody else may hold: a table of kinds, each of which spoils a whole small run. Tests and the
 * check of the packaged app go through it.
 */
import { checkpointKinds } from './test-hostile-checkpoints.ts';
import type { HostileKind } from './test-hostile-kind.ts';
import { generalKinds, wholeKinds } from './test-hostile-places.ts';
import { eventKinds, recordKinds } from './test-hostile-records.ts';
import { settingsKinds } from './test-hostile-settings.ts';

/** Every kind; those beside each other are of one sort. */
export const HOSTILE_KINDS: readonly HostileKind[] = [
  ...generalKinds(),
  ...settingsKinds(),
  ...eventKinds(),
  ...checkpointKinds(),
  ...recordKinds(),
  ...wholeKinds(),
];

/** So many of them, from all over the table. */
export function someKinds(count: number): HostileKind[] {
  const share = Math.max(1, HOSTILE_KINDS.length / count);
  return Array.from(
    { length: Math.min(count, HOSTILE_KINDS.length) },
    (_, at) => HOSTILE_KINDS[Math.floor(at * share)]!,
  );
}
