// @ts-check
/** How the last line of npm test counts. */
import { expect, test } from 'vitest';
import { countPlaywright, countVitest, summaryLine, withStageFailure } from './test-counts.mjs';

test('a test file that could not be loaded counts as one failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('a flaky end-to-end test passed, an error outside all tests failed', () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a stage that executed no test fails, and so does one whose program failed although no test did', () => {
  expect(withStageFailure(countVitest(null), 0).failed).toBe(1);
  expect(withStageFailure({ passed: 2, failed: 0, skipped: 0 }, 1).failed).toBe(1);
  expect(withStageFailure({ passed: 2, failed: 1, skipped: 0 }, 1).failed).toBe(1);
  expect(withStageFailure({ passed: 2, failed: 0, skipped: 0 }, 0).failed).toBe(0);
});

test('the last line names skipped tests only when there are any', () => {
  expect(summaryLine({ passed: 7, failed: 0, skipped: 0 })).toBe('7 passed, 0 failed');
  expect(summaryLine({ passed: 7, failed: 0, skipped: 2 })).toBe('7 passed, 0 failed, 2 skipped');
});
