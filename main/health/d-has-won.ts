/**
 * The rule that finds a D that tells real pictures from fakes almost without fail, while G no longer gets
 * better.
 */
import type { RunConfig } from '../contract/index.ts';
import { distanceOf, evidence, newest, numbersOf, slower, type Rule, type Try } from './rule.ts';
import type { MeasuredStep } from './history.ts';

const RIGHT = 0.98;
const PROGRESS = 0.1;
/**
 * Nearer than this share of the untrained distance, G still learns, or has learnt all there is: D may be
 * right only because it knows a small data set by heart.
 */
const FAR = 0.5;
const realOf = ({ signs }: MeasuredStep): number | undefined => signs?.realRight;
const fakeOf = ({ signs }: MeasuredStep): number | undefined => signs?.fakeRight;

/** Says nothing about critics, whose scores have no zero point. */
export const dHasWon: Rule = {
  code: 'd-has-won',
  tone: 'ill',
  threshold: `In two measures in a row, D is right about at least ${100 * RIGHT}% of real pictures and of fakes, and samples are more than ${FAR} times as far from the data as those of the untrained G, and come nearer by less than ${100 * PROGRESS}%.`,
  find({ history, config }) {
    const last = newest(history);
    const right = last && [numbersOf(last, realOf), numbersOf(last, fakeOf)].flatMap((each) => each ?? 0);
    const [before, now] = (last && numbersOf(last, distanceOf)) ?? [];
    if (!last || !right || before === undefined || now === undefined) return undefined;
    const [first] = history.measured;
    const start = first?.step === 0 ? distanceOf(first) : undefined;
    if (start !== undefined && now < FAR * start) return undefined;
    if (right.some((share) => share < RIGHT) || now < (1 - PROGRESS) * before) return undefined;
    return {
      words: 'D has won',
      evidence: [
        ...evidence('Share of real pictures that D takes for real', last, realOf),
        ...evidence('Share of fakes that D takes for fake', last, fakeOf),
        ...evidence('Distance to the data', last, distanceOf),
      ],
      tries: [...otherLoss(config), slower(config, 'discriminator'), ...equalRates(config)],
    };
  },
};

/** The minimax loss leaves G no gradient once D is certain. */
const otherLoss = ({ loss }: RunConfig): Try[] =>
  loss.kind === 'minimax'
    ? [
        {
          words: 'Use a loss that gives G a gradient when D is certain.',
          fix: {
            label: 'Use the non-saturating loss',
            change: { kind: 'choose', part: 'losses', entry: 'non-saturating' },
          },
        },
      ]
    : [];

function equalRates({ optimizer: { learningRate } }: RunConfig): Try[] {
  const { discriminator, generator } = learningRate;
  if (generator >= discriminator) return [];
  return [
    {
      words: 'Let G learn as fast as D.',
      fix: {
        label: `Set the learning rate of G to ${discriminator}`,
        change: { kind: 'set', path: 'optimizer.learningRate.generator', value: discriminator },
      },
    },
  ];
}
