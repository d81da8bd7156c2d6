/**
 * Whatever a form allows: with every GAN, loss, stabiliser and kind of data, a run can be made of the
 * settings, or they are refused with a reason and a remedy. Nothing else is thrown.
 */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  StudioError,
  STUDY_POINTS,
  withRecommended,
  type Choice,
  type DatasetSource,
  type RunConfig,
} from '../contract/index.ts';
import { ganOf, GANS, type Gan } from '../gans/index.ts';
import { shapesOf } from '../layers/index.ts';
import { LOSSES } from '../losses/index.ts';
import { STABILISERS } from '../stabilisers/index.ts';
import { drawnTensors } from './drawn.ts';
import { stepInputFrom } from './programs.ts';
import { completeConfig } from './complete-config.ts';
import { playersOf, rulesOf } from './rules.ts';
import { firstState } from './state.ts';
import { trainStep } from './step.ts';
import { noiseBatch } from './test-both-ways.ts';
import { tidied } from './watched-turn.ts';

const { options } = DEFAULT_RUN_CONFIG.dataset;
const folder: DatasetSource = { kind: 'files', paths: ['/pictures'] };
const leftOut: string[] = [];

/** The kinds of data of a run, with the class folders that were found. */
const DATA: Record<string, Pick<RunConfig, 'dataset' | 'classes'>> = {
  'grey, 28': {
    dataset: { source: folder, options: { ...options, size: 28, colour: 'grey' }, leftOut },
    classes: [],
  },
  'colour, 32, classes': {
    dataset: { source: folder, options: { ...options, size: 32, colour: 'rgb' }, leftOut },
    classes: ['cats', 'dogs', 'owls'],
  },
  'colour, 128, one class': {
    dataset: { source: folder, options: { ...options, size: 128, colour: 'rgb' }, leftOut },
    classes: ['cats'],
  },
  'points': {
    dataset: { source: { kind: 'points', points: STUDY_POINTS.ring }, options, leftOut },
    classes: [],
  },
};

const choice = (kind: string): Choice => ({ kind, options: {} });
/** None, each alone, and each pair, in the order in which a person may have chosen them. */
const CHOSEN: Choice[][] = [
  [],
  ...STABILISERS.map(({ kind }) => [choice(kind)]),
  ...STABILISERS.flatMap((one, index) =>
    STABILISERS.slice(0, index).map((other) => [choice(one.kind), choice(other.kind)]),
  ),
];

function expectAnswer(gan: Gan, changes: Partial<RunConfig>): 'made' | 'refused' {
  const config = { ...withRecommended(DEFAULT_RUN_CONFIG, gan.recommends), ...changes };
  try {
    const complete = completeConfig({ ...config, gan: { kind: gan.kind, options: {} } });
    rulesOf(complete);
    for (const { network } of Object.values(playersOf(complete))) shapesOf(network);
    return 'made';
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    expect(error.code).toBe('senseless');
    expect(error.message).toMatch(/^[A-Z].{20,}[.?]$/s);
    expect(error.remedy).toMatch(/^[A-Z].{10,}\.$/s);
    return 'refused';
  }
}

test.each(GANS.flatMap((gan) => Object.keys(DATA).map((data) => [gan.kind, data, gan] as const)))(
  '%s on %s is made or refused with a reason, whatever its loss and stabilisers',
  (_, data, gan) => {
    const answers = new Set<string>();
    for (const { kind } of LOSSES)
      for (const stabilisers of CHOSEN)
        answers.add(expectAnswer(gan, { ...DATA[data], loss: choice(kind), stabilisers }));
    expect(answers).toContain('refused');
  },
);

/** Small networks, so that hundreds of steps take seconds. */
const SMALL = { width: 4, depth: 1, joint: 8, code: 4 };

test.each(['ebgan', 'bigan', 'mlp'])(
  '%s takes a step with every pair of stabilisers that it allows',
  (kind) => {
    const gan = ganOf(kind);
    const small = Object.entries(SMALL).filter(([name]) => name in gan.options.shape);
    const config: RunConfig = {
      ...withRecommended(DEFAULT_RUN_CONFIG, gan.recommends),
      gan: { kind, options: Object.fromEntries(small) },
      batch: 4,
      z: { size: 4, distribution: 'normal' },
    };
    for (const stabilisers of CHOSEN.filter(({ length }) => length === 2)) {
      let complete: RunConfig;
      try {
        complete = completeConfig({ ...config, stabilisers });
      } catch {
        continue; // refused, as the tests above have it
      }
      const losses = lossesOfAStep(complete);
      const names = stabilisers.map((each) => each.kind).join(' and ');
      expect(losses.every(Number.isFinite), names).toBe(true);
    }
  },
);

function lossesOfAStep(config: RunConfig): number[] {
  const rules = rulesOf(config);
  return tidied(() => {
    const batch = noiseBatch(config, 0);
    const inputs = drawnTensors({ config, rules, learningRateFactor: 1, step: 0, batch });
    const { losses } = trainStep(rules, firstState(rules, config.seed), stepInputFrom(inputs));
    return Object.values(losses).map((loss) => loss.arraySync());
  });
}

test.each(GANS.map((gan) => [gan.kind, gan] as const))('%s takes what it recommends', (_, gan) => {
  const answers = Object.values(DATA).map((data) => expectAnswer(gan, data));
  expect(answers).toContain('made');
});

test.each([
  ['ebgan', 'hinge', [], /needs a D whose output is a score/],
  ['ebgan', 'two-node', [], /needs a D whose output is the logit of a probability/],
  ['ebgan', 'margin', ['packing'], /rebuilds one picture/],
  ['ebgan', 'margin', ['ada'], /0 is not the border between real and fake/],
  ['ebgan', 'margin', ['feature-matching'], /minimises the energy of its fakes/],
  ['ebgan', 'margin', ['label-smoothing'], /no labels/],
  ['bigan', 'non-saturating', ['feature-matching'], /learn together from the logits of D for pairs/],
  ['bigan', 'margin', [], /needs a D whose output is an energy/],
  ['dcgan', 'margin', [], /needs a D whose output is an energy/],
  ['dcgan', 'least-squares', ['ada'], /0 is not the border between real and fake/],
] as const)('%s with the loss %s and %o says why not', (kind, loss, stabilisers, words) => {
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    gan: choice(kind),
    loss: choice(loss),
    stabilisers: stabilisers.map(choice),
  };
  expect(() => completeConfig(config)).toThrow(words);
});
