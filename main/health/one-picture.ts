/** The rule that finds a G that makes nearly the same picture from every z. */
import { evidence, newest, numbersOf, slower, type Rule, type Try } from './rule.ts';
import type { MeasuredStep } from './history.ts';

const VARIETY = 0.25;
const varietyOf = ({ signs }: MeasuredStep): number | undefined => signs?.variety;

export const onePicture: Rule = {
  code: 'one-picture',
  tone: 'ill',
  threshold: `In two measures in a row, samples differ from each other by less than ${100 * VARIETY}% of the differences between pictures of the data.`,
  find({ history, config }) {
    const last = newest(history);
    const varieties = last && numbersOf(last, varietyOf);
    if (!last || !varieties?.every((variety) => variety < VARIETY)) return undefined;
    const isOfPoints = config.dataset.source.kind === 'points';
    return {
      words: isOfPoints ? 'G makes one point' : 'G makes one picture',
      evidence: evidence('Variety, as a share of the data’s', last, varietyOf),
      tries: [slower(config, 'generator'), ...(isOfPoints ? [] : [otherGan])],
    };
  },
};

const otherGan: Try = {
  words: 'Use a GAN that seldom collapses.',
  fix: { label: 'Use WGAN-GP', change: { kind: 'choose', part: 'gans', entry: 'wgan-gp' } },
};
