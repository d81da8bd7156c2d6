/** A warning that comes at every checkpoint for hours is shown once, with how often it came. */
import { expect, test } from 'vitest';
import { withRemark, type Remark } from './remarks.ts';

const warning = (code: string, step: number) => ({
  step,
  failure: { code, message: `${code} at ${step}`, remedy: 'Do this.' },
});

test('a repeated warning is counted, with its newest text', () => {
  let remarks: Remark[] = [];
  for (let step = 500; step <= 50_000; step += 500) remarks = withRemark(remarks, warning('disk-full', step));
  expect(remarks).toEqual([
    { code: 'disk-full', title: 'disk-full at 50000', remedy: 'Do this.', step: 50_000, times: 100 },
  ]);
});

test('different warnings are kept, the newest last, up to four', () => {
  let remarks: Remark[] = [];
  for (const code of ['a', 'b', 'c', 'd', 'e', 'a']) remarks = withRemark(remarks, warning(code, 1));
  expect(remarks.map(({ code }) => code)).toEqual(['c', 'd', 'e', 'a']);
});
