/** A run of the list in a few words. */
import { expect, test } from 'vitest';
import { busyWords } from './run-words.ts';

test('a run that has to wait for the one in the trainer says what can be done with that one', () => {
  expect(busyWords({ name: 'Digits', status: 'training', isThis: true })).toBe(
    'This run is under way: pause or stop it above.',
  );
  expect(busyWords({ name: 'Digits', status: 'paused', isThis: true })).toContain('resume or stop it above');
  expect(busyWords({ name: 'Digits', status: 'unsaved', isThis: true })).toBe(
    'This run is not saved: save it again, or stop it without saving, above.',
  );
  expect(busyWords({ name: 'Digits', status: 'starting', isThis: true })).toContain('can be cancelled above');
  expect(busyWords({ name: 'Digits', status: 'training', isThis: false })).toBe(
    'Digits is under way: stop it to open, resume or duplicate this one.',
  );
  expect(busyWords({ name: undefined, status: 'unsaved', isThis: false })).toBe(
    'Another run is not saved: save it again, or stop it, to open, resume or duplicate this one.',
  );
});
