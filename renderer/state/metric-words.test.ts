/** Metrics in words: names, scores, which metrics share a chart, and why KID is missing. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type MetricEntry } from '#main/contract/index.ts';
import { bestFigure, bestWords, metricGroups, scoreWords, withoutKid } from './metric-words.ts';

const entry = (kind: string, label: string): MetricEntry => ({
  kind,
  label,
  summary: '',
  unit: '',
  better: 'down',
});
const METRICS = [
  entry('distance', 'Distance to the data'),
  entry('kid', 'KID × 1000 on EfficientNet-Lite0'),
  entry('precision', 'Precision'),
  entry('recall', 'Recall'),
];
const all = (): boolean => true;

test('a score has its standard error, and a missing score is a dash', () => {
  expect(scoreWords({ value: 52.123, error: 3.456 })).toBe('52.1 ± 3.5');
  expect(scoreWords({ value: 0.5 })).toBe('0.5');
  expect(scoreWords(undefined)).toBe('–');
});

test('the best checkpoint is named by its metric', () => {
  const best = { step: 1500, metric: 'kid', value: 52.123, error: 3 };
  expect(bestWords(best, METRICS)).toBe('best KID × 1000: 52.1 ± 3 at step 1,500');
  expect(bestWords({ ...best, metric: 'distance' }, METRICS)).toContain('best distance to the data: 52.1');
  expect(bestFigure(best, METRICS)).toEqual([{ name: 'Best KID × 1000', value: '52.1 ± 3 at step 1,500' }]);
  expect(bestWords(undefined, METRICS)).toBeUndefined();
  expect(bestFigure({ ...best, metric: 'gone' }, METRICS)).toEqual([]);
});

test('KID comes first, precision and recall share a chart, and a metric that was not measured has none', () => {
  const titles = (has: (kind: string) => boolean) => metricGroups(METRICS, has).map(({ title }) => title);
  expect(titles(all)).toEqual(['KID × 1000', 'Precision and recall', 'Distance to the data']);
  expect(titles((kind) => kind !== 'precision')).toEqual(['KID × 1000', 'Recall', 'Distance to the data']);
  expect(titles(() => false)).toEqual([]);
});

test('if there is no KID, the page says why, or when it comes', () => {
  const known = {
    config: DEFAULT_RUN_CONFIG,
    active: true,
    isSaved: false,
    metrics: METRICS,
    has: () => false,
  };
  expect(withoutKid({ ...known, has: all })).toBeUndefined();
  expect(withoutKid(known)).toContain('at step 500, or after 5 min');
  expect(withoutKid({ ...known, isSaved: true })).toBe(
    'KID and others are being measured between steps, in at most 2% of the time.',
  );
  expect(withoutKid({ ...known, active: false })).toBeUndefined();
  const blind = METRICS.map((each) => ({ ...each, unavailable: 'The network is not here.' }));
  expect(withoutKid({ ...known, metrics: blind })).toBe('There is no KID. The network is not here.');
  const off = { ...DEFAULT_RUN_CONFIG, measuring: { ...DEFAULT_RUN_CONFIG.measuring, share: 0 } };
  expect(withoutKid({ ...known, config: off })).toContain('off for this run');
  const source = { kind: 'points' as const, points: STUDY_POINTS.ring };
  const ofPoints = { ...DEFAULT_RUN_CONFIG, dataset: { ...DEFAULT_RUN_CONFIG.dataset, source } };
  expect(withoutKid({ ...known, config: ofPoints })).toBe(
    'For points, only the distance to the data is measured.',
  );
});
