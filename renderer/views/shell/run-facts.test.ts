/** The run bar says how far a run is in a few words. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { RunQuality } from '../../state/run-quality.svelte.ts';
import { factsOf, lostWords } from './run-facts.ts';

const METRICS = [{ kind: 'distance', label: 'Distance', summary: '', unit: '', better: 'down' }] as const;
function qualityWith(best: RunQuality['best']): RunQuality {
  const quality = new RunQuality();
  quality.best = best;
  return quality;
}

const record = (known: object) => ({
  config: { ...DEFAULT_RUN_CONFIG, steps: 3000 },
  step: 1200,
  status: 'training' as const,
  progress: {
    type: 'progress' as const,
    step: 1200,
    steps: 3000,
    epoch: 1,
    imagesSeen: 1,
    imagesPerSecond: 1,
    secondsLeft: 72,
  },
  trainedSeconds: 60,
  active: true,
  health: [],
  skipped: 0,
  quality: qualityWith({ step: 1000, metric: 'distance', value: 0.021 }),
  ...known,
});
const texts = (known: object, newest = 1200) =>
  factsOf(record(known), METRICS, newest).map(({ text }) => text);

test('a run in training says its step, the time left and its best metric', () => {
  expect(texts({})).toEqual([
    'Step 1,200 of 3,000',
    'about 1 min left',
    'best distance: 0.021 at step 1,000',
  ]);
});

test('a run that trains no more says how long it trained, and nothing that it does not know', () => {
  expect(texts({ status: 'stopped', active: false, quality: qualityWith(undefined) })).toEqual([
    'Step 1,200 of 3,000',
    'trained for 1 min',
  ]);
  expect(
    texts({ status: 'stopped', active: false, quality: qualityWith(undefined), trainedSeconds: undefined }),
  ).toHaveLength(1);
  expect(texts({ config: undefined })).toEqual([]);
});

test('a run at an earlier checkpoint says so, and whether that is the best', () => {
  const still = { status: 'finished', active: false, trainedSeconds: undefined };
  expect(texts({ ...still, step: 1000 }, 3000)[1]).toBe('the best checkpoint');
  expect(texts({ ...still, step: 500 }, 3000)[1]).toBe('an earlier checkpoint');
  expect(texts({ ...still, step: 1000 }, 1000)).toHaveLength(2);
});

test('what is wrong with a run stands beside its step', () => {
  const finding = { code: 'd-has-won', threshold: '', evidence: [], tries: [] };
  const ill = { ...finding, tone: 'ill', words: 'D has won' };
  expect(texts({ health: [ill] })[1]).toBe('D has won');
  expect(texts({ health: [{ ...ill, tone: 'progress', words: 'Getting better' }] })[1]).toContain('left');
});

test('what is lost without the last state is counted', () => {
  expect(lostWords(250, 300)).toBe('50 steps of training are lost. Its checkpoint of step 250 is kept.');
  expect(lostWords(0, 1)).toBe('1 step of training is lost.');
});
