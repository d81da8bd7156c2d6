/** A rule of health says when there is a finding about a run, and what to try then. */
import type { Finding, RunConfig } from '../contract/index.ts';
import type { History, MeasuredStep } from './history.ts';

export type Patient = { history: History; config: RunConfig };

export type Rule = Pick<Finding, 'code' | 'tone' | 'threshold'> & {
  /** The finding; undefined if the rule does not apply. */
  find(patient: Patient): Pick<Finding, 'words' | 'evidence' | 'tries'> | undefined;
};

export type Evidence = Finding['evidence'];
export type Try = Finding['tries'][number];

/** A rule must apply to this many measures in a row. */
export const IN_A_ROW = 2;
/** Before this step, measures show little but the first weights of D and G. */
export const FEWEST_STEPS = 200;

/** The newest IN_A_ROW measures; undefined if there are fewer, or one is before the step `from`. */
export function newest({ measured }: History, from = FEWEST_STEPS): readonly MeasuredStep[] | undefined {
  const last = measured.slice(-IN_A_ROW);
  return last.length === IN_A_ROW && last.every(({ step }) => step >= from) ? last : undefined;
}

/** The number of each of these measures; undefined if one of them lacks it. */
export function numbersOf(
  measured: readonly MeasuredStep[],
  numberOf: (each: MeasuredStep) => number | undefined,
): number[] | undefined {
  const numbers = measured.flatMap((each) => numberOf(each) ?? []);
  return numbers.length === measured.length ? numbers : undefined;
}

/** The numbers of these measures as evidence; measures without one are left out. */
export function evidence(
  label: string,
  measured: readonly MeasuredStep[],
  numberOf: (each: MeasuredStep) => number | undefined,
): Evidence {
  return measured.flatMap((each) => {
    const value = numberOf(each);
    return value === undefined ? [] : [{ label, step: each.step, value }];
  });
}

export const distanceOf = ({ values }: MeasuredStep): number | undefined => values['distance'];
export const currentDistanceOf = ({ signs }: MeasuredStep): number | undefined => signs?.currentDistance;

/** Suggests half the learning rate of D or G. */
export function slower(config: RunConfig, network: 'discriminator' | 'generator'): Try {
  const rate = config.optimizer.learningRate[network];
  const letter = network === 'discriminator' ? 'D' : 'G';
  const half = Number((rate / 2).toPrecision(3));
  return {
    words: `Halve the learning rate of ${letter}.`,
    fix: {
      label: `Set the learning rate of ${letter} to ${half}`,
      change: { kind: 'set', path: `optimizer.learningRate.${network}`, value: half },
    },
  };
}
