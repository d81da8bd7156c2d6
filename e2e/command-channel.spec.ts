/**
 * Hostile messages on the command channel, and hostile run folders: a few of the thousands that the checks
 * send.
 */
import { someKinds } from '../main/runs/test-hostile-kinds.ts';
import { attack } from './attack/messages.ts';
import { tryRunFolders } from './attack/run-folders.ts';
import { expect, test } from './fixtures.ts';

test('hostile messages reach nothing that was not granted, and end no process', async ({
  studio,
  home,
  place,
}) => {
  const tally = await attack({ studio, home, place }, { count: 200, seed: 1 });
  expect(tally.faults).toEqual([]);
  expect(tally.seesReading || process.platform !== 'linux').toBe(true);
});

test('hostile run folders are refused or trained on, and nothing beside them is touched', async ({
  studio,
  home,
  place,
}) => {
  test.skip(process.platform === 'win32', 'links and FIFOs are made as Linux and macOS have them');
  const { faults } = await tryRunFolders({ studio, home, place }, { kinds: someKinds(3) });
  expect(faults).toEqual([]);
});
