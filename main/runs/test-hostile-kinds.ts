/**
 * Every way in which a run folder from somebody else may be spoilt, as a table for the unit tests and the
 * checks of the packaged app.
 */
import { checkpointKinds } from './test-hostile-checkpoints.ts';
import type { HostileKind } from './test-hostile-kind.ts';
import { generalKinds, wholeKinds } from './test-hostile-places.ts';
import { eventKinds, recordKinds } from './test-hostile-records.ts';
import { settingsKinds } from './test-hostile-settings.ts';

/** All kinds, grouped by what they spoil. */
export const HOSTILE_KINDS: readonly HostileKind[] = [
  ...generalKinds(),
  ...settingsKinds(),
  ...eventKinds(),
  ...checkpointKinds(),
  ...recordKinds(),
  ...wholeKinds(),
];

/** `count` of them, spread evenly over the table. */
export function someKinds(count: number): HostileKind[] {
  const share = Math.max(1, HOSTILE_KINDS.length / count);
  return Array.from(
    { length: Math.min(count, HOSTILE_KINDS.length) },
    (_, at) => HOSTILE_KINDS[Math.floor(at * share)]!,
  );
}
