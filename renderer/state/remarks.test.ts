/** A run may warn at every checkpoint for hours: the person reads it once, and how often it came. */
import { expect, test } from 'vitest';
import { withRemark, type Remark } from './remarks.ts';

const warning = (code: string, step: number) => ({
  step,
  failure: { code, message: `${code} at ${step}`, remedy: 'Do this.' },
});

test('the same warning again is counted, with its newest words', () => {
  let remarks: Remark[] = [];
  for (let step = 500; step <= 50_000; step += 500) remarks = withRemark(remarks, warning('disk-full', step));
  expect(remarks).toEqual([
    { code: 'disk-full', title: 'disk-full at 50000', remedy: 'Do this.', step: 50_000, times: 100 },
  ]);
});

test('different warnings stand side by side, the newest last, and never many', () => {
  let remarks: Remark[] = [];
  for (const code of ['a', 'b', 'c', 'd', 'e', 'a']) remarks = withRemark(remarks, warning(code, 1));
  expect(remarks.map(({ code }) => code)).toEqual(['c', 'd', 'e', 'a']);
});
