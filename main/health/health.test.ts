import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  healthInWords,
  runConfigSchema,
  type RunConfig,
  type RunEvent,
} from '../contract/index.ts';
import { healthOf, historyOf, RULES, withMeasured, type History } from './index.ts';

/** Recorded by `npm run -s bench -- health --record main/health/histories`; the file's name is the case. */
const HISTORIES = 'main/health/histories';
type Recorded = { illness?: string; config: RunConfig; history: History };

const recorded = fs.readdirSync(HISTORIES).map((file) => ({
  name: path.basename(file, '.json'),
  ...(JSON.parse(fs.readFileSync(path.join(HISTORIES, file), 'utf8')) as Recorded),
}));
const ill = recorded.filter(({ illness }) => illness !== undefined);
const healthy = recorded.filter(({ illness }) => illness === undefined);

/** The codes of the findings after each measure. */
function said({ history, config }: Recorded): { step: number; codes: string[] }[] {
  return history.measured.map(({ step }, index) => ({
    step,
    codes: healthOf({
      config,
      history: { ...history, step, measured: history.measured.slice(0, index + 1) },
    }).map(({ code }) => code),
  }));
}

test('there are healthy histories of every preset, and of every illness that a recorded run has', () => {
  expect(healthy.length).toBeGreaterThanOrEqual(7);
  expect([...new Set(ill.map(({ illness }) => illness))].sort()).toEqual([
    'copies',
    'd-has-won',
    'one-picture',
    'steps-refused',
    'untrained',
  ]);
});

test.each(ill)('$name is said to be ill within 500 steps', (each) => {
  const found = said(each).find(({ codes }) => codes.includes(each.illness ?? ''));
  expect(found?.step).toBeLessThanOrEqual(500);
});

test.each(healthy)('nothing ill is said of $name', (each) => {
  const codes = said(each).flatMap((line) => line.codes);
  expect(codes.filter((code) => !['too-early', 'getting-better', 'no-better'].includes(code))).toEqual([]);
  expect(codes).toContain('getting-better');
});

test.each(recorded)('what to try in $name are settings of a run that may have these values', (each) => {
  for (const { tries, evidence, threshold } of healthOf(each)) {
    expect(threshold).toMatch(/\.$/);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { fix } of tries) {
      if (fix?.change.kind !== 'set') continue;
      const changed = structuredClone(each.config) as Record<string, unknown>;
      const keys = fix.change.path.split('.');
      const last = keys.pop()!;
      const part = keys.reduce<Record<string, unknown>>(
        (within, key) => within[key] as Record<string, unknown>,
        changed,
      );
      expect(part).toHaveProperty(last);
      part[last] = fix.change.value;
      expect(runConfigSchema.safeParse(changed).success).toBe(true);
    }
  }
});

/** A history with the distances at every hundredth step. */
const course = (distances: number[], more: Partial<History['measured'][number]> = {}): History => ({
  step: 100 * (distances.length - 1),
  measured: distances.map((distance, index) => ({
    step: 100 * index,
    values: { distance },
    losses: {},
    ...more,
  })),
  refused: [],
});
const words = (history: History, config = DEFAULT_RUN_CONFIG) => healthInWords(healthOf({ history, config }));

describe('progress', () => {
  test('needs more than two measures', () => expect(words(course([5, 3]))).toBe('Too early to say'));

  test('goes on while the best is new', () => expect(words(course([5, 3, 2, 1]))).toBe('Getting better'));

  test('has ended if four measures in a row bring nothing better', () => {
    expect(words(course([5, 1.02, 1, 1.1, 1.2, 1.1]))).toBe('Hardly better since step 100, best at 200');
  });

  test('uses KID and its standard error, if it was measured twice', () => {
    const kid = [900, 400, 390, 380, 395, 385];
    const history = course([5, 4, 3, 2, 1, 0.5]);
    const measured = history.measured.map((each, index) => ({
      ...each,
      values: { ...each.values, kid: kid[index]! },
      errors: { kid: 15 },
    }));
    expect(words({ ...history, measured })).toBe('Hardly better since step 100, best at 300');
    expect(words({ ...history, step: 100, measured: measured.slice(0, 2) })).toBe('Getting better');
    const byDistance: RunConfig = { ...DEFAULT_RUN_CONFIG, measuring: { share: 0, best: 'distance' } };
    expect(words({ ...history, measured }, byDistance)).toBe('Getting better');
    const withoutErrors = measured.map((each) => ({ ...each, errors: {} }));
    expect(words({ ...history, measured: withoutErrors })).toBe('Getting better');
  });

  test('of coverage, more is better', () => {
    const measured = [0.1, 0.3, 0.4, 0.2, 0.1, 0.1, 0.1].map((coverage, index) => ({
      step: 100 * index,
      values: { distance: 1 / (index + 1), coverage },
      errors: { coverage: 0.02 },
      losses: {},
    }));
    const config: RunConfig = { ...DEFAULT_RUN_CONFIG, measuring: { share: 0.02, best: 'coverage' } };
    expect(words({ step: 600, measured, refused: [] }, config)).toBe('No better since step 200');
  });
});

describe('an average that is worse than the current weights', () => {
  const signs = { currentDistance: 1 };

  test('is found', () => {
    expect(words(course([5, 2, 1.5, 1.5, 1.5], { signs }))).toBe(
      'The average is worse than the current weights',
    );
  });

  test('is not found while it still catches up', () => {
    expect(words(course([5, 4, 3, 2, 1.5], { signs }))).toBe('Getting better');
  });
});

test('there is no finding about D in a run without numbers about it, such as one with a critic or of an older version', () => {
  expect(words(course([5, 4.9, 4.8, 4.8, 4.8]))).toBe('No better than untrained');
});

test('D that takes its own pictures for real, and held-out ones for fakes, knows them by heart', () => {
  const judged = (realRight: number, heldOutRight: number) =>
    words(course([5, 3, 2, 1], { signs: { realRight, heldOutRight, fakeRight: 0.7 } }));
  expect(judged(0.95, 0.3)).toBe('D knows its pictures by heart');
  expect(judged(0.95, 0.6)).toBe('Getting better');
  expect(judged(0.8, 0.3)).toBe('Getting better');
});

test('metrics that arrive late belong to the step that they measured', () => {
  const measures = (step: number, more: object) => ({ type: 'measures', step, ...more }) as RunEvent;
  const { measured } = historyOf([
    measures(0, { values: { distance: 5 }, signs: { variety: 1 } }),
    measures(100, { values: { distance: 4 } }),
    measures(140, { of: 100, values: { kid: 90 }, errors: { kid: 3 } }),
    measures(200, { values: { distance: 3 } }),
    measures(250, { of: 0, values: { kid: 300 } }),
  ]);
  expect(measured.map(({ step, values, errors }) => ({ step, values, errors }))).toEqual([
    { step: 0, values: { distance: 5, kid: 300 }, errors: undefined },
    { step: 100, values: { distance: 4, kid: 90 }, errors: { kid: 3 } },
    { step: 200, values: { distance: 3 }, errors: undefined },
  ]);
});

test('copies that `measure` finds are added to what the run measured itself', () => {
  const found = withMeasured(course([5, 3, 2, 1]), { step: 300, values: { copies: 0.2, distance: 9 } });
  expect(found.measured.at(-1)?.values).toEqual({ copies: 0.2, distance: 1 });
  expect(words(found)).toBe('Copies 3 of 16');
});

test('measures beyond a step that the run went back to do not count, but the refused step does', () => {
  const measures = (step: number, distance: number) =>
    ({ type: 'measures', step, values: { distance } }) as const;
  const history = historyOf([
    measures(0, 5),
    { type: 'losses', step: 1, losses: { generator: 3 } },
    { type: 'losses', step: 2, losses: { generator: 1 } },
    measures(100, 4),
    measures(200, 90),
    {
      type: 'step-refused',
      step: 100,
      refusedStep: 250,
      learningRateFactor: 0.5,
      failure: { code: 'not-finite', message: '', remedy: '' },
    },
  ]);
  expect(history.measured.map(({ step, losses }) => ({ step, losses }))).toEqual([
    { step: 0, losses: {} },
    { step: 100, losses: { generator: 2 } },
  ]);
  expect(words(history)).toBe('A step was refused: NaN');
});

test('of two findings that would change one setting, only the first does; a finding that another explains is left out', () => {
  const signs = { realRight: 1, fakeRight: 1, variety: 0.1 };
  const slowG = structuredClone(DEFAULT_RUN_CONFIG);
  slowG.optimizer.learningRate = { discriminator: 1e-3, generator: 1e-5 };
  const found = healthOf({ history: course([5, 5, 5, 5], { signs }), config: slowG });
  expect(found.map(({ code }) => code)).toEqual(['d-has-won', 'one-picture']);
  expect(found.map(({ tries }) => tries.map(({ fix }) => fix?.label))).toEqual([
    ['Set the learning rate of D to 0.0005', 'Set the learning rate of G to 0.001'],
    ['Use WGAN-GP'],
  ]);
});

test('every rule has a code of its own', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
});
