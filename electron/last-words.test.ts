/** Why a process ended, judging by what it left. */
import { expect, test } from 'vitest';
import { outOfMemory } from '#main/contract/index.ts';
import { whyEnded } from './last-words.ts';

const all = 16e9;

test.each([
  ['its own failure', { code: 1, failure: outOfMemory() }],
  [
    'a failure from another library',
    { code: 1, failure: { code: 'unexpected', message: 'std::bad_alloc', remedy: '' } },
  ],
  [
    'output of V8',
    {
      code: 134,
      written: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
    },
  ],
  [
    'output of C++',
    { code: 6, written: ["terminate called after throwing an instance of 'std::bad_alloc'"] },
  ],
])('%s says that memory ran out', (_, ended) => {
  expect(whyEnded(ended)).toEqual({ memory: 'certain', words: 'ended unexpectedly: memory ran out.' });
});

test.each([9, 6, 11])(
  'a process that held most of the memory and ended by signal %i most likely ran out of memory',
  (code) => {
    expect(whyEnded({ code, held: 12.4e9, all })).toEqual({
      memory: 'likely',
      words:
        'ended unexpectedly, most likely because memory ran out. It held up to 12.4 GB of this computer’s 16.0 GB of memory.',
    });
  },
);

test('SIGKILL of a small process, or of one that was not measured, may have any reason', () => {
  expect(whyEnded({ code: 137, held: 0.9e9, all })).toEqual({
    memory: 'possible',
    words:
      'ended unexpectedly: the system or another program ended it (SIGKILL). It held up to 0.9 GB of this computer’s 16.0 GB of memory.',
  });
  expect(whyEnded({ code: 9 }).words).toBe(
    'ended unexpectedly: the system or another program ended it (SIGKILL).',
  );
});

test('Chromium’s exit code for memory on Windows says that memory ran out', () => {
  expect([0xe0000008, -536870904].map((code) => whyEnded({ code }).memory)).toEqual(['certain', 'certain']);
});

test.each([0, 5, 6, 11, 134])(
  'exit code %i without any output, as was seen under a memory limit, may mean that memory ran out',
  (code) => {
    expect(whyEnded({ code })).toEqual({
      memory: 'possible',
      words: `ended unexpectedly (exit code ${code}). Memory may have run out.`,
    });
  },
);

test('another failure that a process reported has nothing to do with memory', () => {
  const failure = { code: 'unexpected', message: 'x is not a function', remedy: '' };
  expect(whyEnded({ code: 1, failure })).toEqual({
    memory: 'no',
    words: 'ended unexpectedly: x is not a function',
  });
});
