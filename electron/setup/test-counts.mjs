// @ts-check
/** Counts tests in the JSON reports of Vitest and Playwright. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts a Vitest report; a test file that could not even be loaded is one failure.
 * @param {any} report null when there is none
 * @returns {Counts}
 */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  /** @type {any[]} */
  const files = report.testResults ?? [];
  const unloadable = files.filter(
    (file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloadable.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/**
 * Counts a Playwright report; a flaky test counts as passed, and an error outside all tests as a failure.
 * @param {any} report null when there is none
 * @returns {Counts}
 */
export function countPlaywright(report) {
  if (!report?.stats) return { passed: 0, failed: 0, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

/**
 * Adds one failure to a stage whose program failed although no test did, or that executed no test.
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
export function withStageFailure(counts, exitCode) {
  const executed = counts.passed + counts.failed;
  const unexplained = exitCode !== 0 && counts.failed === 0;
  return executed === 0 || unexplained ? { ...counts, failed: counts.failed + 1 } : counts;
}

/**
 * The last line of a test run.
 * @param {Counts} counts
 * @returns {string}
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
