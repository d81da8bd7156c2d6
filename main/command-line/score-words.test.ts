import { expect, test } from 'vitest';
import { bestInWords, measuredLine, scoreInWords } from './score-words.ts';

test('a score is shown with its standard error if that is known, in three digits', () => {
  expect(scoreInWords({ value: 812.345, error: 20.06 })).toBe('812 ± 20.1');
  expect(scoreInWords({ value: 0.43217 })).toBe('0.432');
});

test('a measurement is shown by the metric that chooses the best checkpoint, with the step that was measured', () => {
  const measured = {
    step: 1500,
    of: 1000,
    values: { kid: 812, coverage: 0.4 },
    errors: { kid: 20 },
  };
  expect(measuredLine(measured, 'kid')).toBe('Step 1500: KID 812 ± 20 (step 1000).\n');
  expect(measuredLine(measured, 'distance')).toBe('Step 1500: KID 812 ± 20 (step 1000).\n');
  expect(measuredLine(measured, 'coverage')).toBe('Step 1500: coverage 0.4 (step 1000).\n');
  expect(measuredLine({ step: 1500, values: { distance: 0.1 } }, 'kid')).toBeUndefined();
});

test('the best checkpoint is shown with the metric that chose it', () => {
  expect(bestInWords({ step: 1000, metric: 'kid', value: 812, error: 20 })).toBe('step 1000 (KID 812 ± 20)');
  expect(bestInWords({ step: 1000, metric: 'distance', value: 0.1234 })).toBe('step 1000 (distance 0.123)');
});
