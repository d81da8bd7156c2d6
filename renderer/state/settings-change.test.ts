/** It is known whether a change that a run's health suggests has been made. */
import { expect, test } from 'vitest';
import type { SettingsChange } from '#main/contract/index.ts';
import { Settings } from './settings.svelte.ts';
import { isMade } from './settings-change.ts';
import { fakeApi } from './test-api.ts';

const CHANGES: readonly SettingsChange[] = [
  { kind: 'set', path: 'optimizer.clip', value: 1 },
  { kind: 'option', name: 'width', value: 8 },
  { kind: 'choose', part: 'losses', entry: 'hinge' },
  { kind: 'remove', stabiliser: 'r1' },
];

test('a change of each kind counts as made only after it was made', () => {
  const settings = new Settings(fakeApi().api);
  settings.addStabiliser('r1');
  expect(CHANGES.map((change) => isMade(settings, change))).toEqual(CHANGES.map(() => false));
  for (const change of CHANGES) settings.mend(change);
  expect(CHANGES.map((change) => isMade(settings, change))).toEqual(CHANGES.map(() => true));
});
