// @ts-check
/** Which Electron is used when upstream's cannot be downloaded. */
import { expect, test, vi } from 'vitest';
import { fallbacks, fallbacksFor, firstProvided } from './electron-fallbacks.mjs';
import { SetupError } from './report.mjs';

const versions = (/** @type {import('./electron-fallbacks.mjs').Fallback[]} */ list) =>
  list.map(({ version }) => version);

const outOfReach = (/** @type {string} */ version) =>
  new SetupError({ code: 'download', facts: `${version} is out of reach.`, remedy: 'Try again.' });

/**
 * Provides the versions within reach, and records which were tried.
 * @param {string[]} withinReach
 */
function reaching(withinReach) {
  /** @type {string[]} */
  const tried = [];
  return {
    tried,
    provide: async (/** @type {import('./electron-fallbacks.mjs').Fallback} */ { version }) => {
      tried.push(version);
      if (!withinReach.includes(version)) throw outOfReach(version);
    },
  };
}

test('the newest fallback is tried first, and no other if it can be provided', async () => {
  const { tried, provide } = reaching(['25.1.1', '22.3.25']);
  expect((await firstProvided(fallbacks, provide)).version).toBe('25.1.1');
  expect(tried).toEqual(['25.1.1']);
});

test('if 25 cannot be provided it is 22, and the reason is printed', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { tried, provide } = reaching(['22.3.25']);
  expect((await firstProvided(fallbacks, provide)).version).toBe('22.3.25');
  expect(tried).toEqual(['25.1.1', '22.3.25']);
  expect(said.mock.calls.flat().join('')).toContain(
    'Electron 25.1.1 could not be obtained. 25.1.1 is out of reach.',
  );
  said.mockRestore();
});

test('if none can be provided, the last reason is thrown', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(firstProvided(fallbacks, reaching([]).provide)).rejects.toThrow('22.3.25 is out of reach.');
  said.mockRestore();
});

test('a full disk ends the search: the next one would not fit either', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const provide = vi.fn().mockRejectedValue(full);
  await expect(firstProvided(fallbacks, provide)).rejects.toBe(full);
  expect(provide).toHaveBeenCalledTimes(1);
});

test('a version that is asked for is the only one; an unknown one is refused with the known ones', () => {
  expect(versions(fallbacksFor(undefined))).toEqual(['25.1.1', '22.3.25']);
  expect(versions(fallbacksFor('22'))).toEqual(['22.3.25']);
  expect(versions(fallbacksFor('25.1.1'))).toEqual(['25.1.1']);
  for (const unknown of ['2', '25.1.10', 'newest'])
    expect(() => fallbacksFor(unknown)).toThrow('25.1.1, 22.3.25');
});
