import { expect, test } from 'vitest';
import { bytesInWords } from './bytes.ts';

test('bytes step up at a thousand', () => {
  expect([0, 999, 1000, 4096, 9_960, 999_600, 12_300_000].map(bytesInWords)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '4.1 kB',
    '10 kB',
    '1.0 MB',
    '12 MB',
  ]);
});
