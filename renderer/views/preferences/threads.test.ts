/** The numbers of threads to choose from depend on the cores of the machine. */
import { expect, test } from 'vitest';
import { threadItems } from './threads.ts';

const labels = (given: { cores: number; threads: number }) => threadItems(given).map(({ label }) => label);

test('all cores come first, then fewer of them', () => {
  expect(threadItems({ cores: 4, threads: 0 })).toEqual([
    { value: '0', label: 'All 4 cores' },
    { value: '3', label: '3 cores' },
    { value: '2', label: '2 cores' },
    { value: '1', label: '1 core' },
  ]);
  expect(labels({ cores: 1, threads: 0 })).toEqual(['All: 1 core']);
});

test('a large machine does not fill the list, and a number of another machine is in it', () => {
  expect(labels({ cores: 128, threads: 0 })).toHaveLength(1 + 16 + 2);
  expect(labels({ cores: 2, threads: 6 })).toEqual(['All 2 cores', '6 cores', '1 core']);
});
