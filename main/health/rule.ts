/** What every rule of health is: when something is said of a run, and what to try then. */
import type { Finding, RunConfig } from '../contract/index.ts';
import type { History, MeasuredStep } from './history.ts';

export type Patient = { history: History; config: RunConfig };

export type Rule = Pick<Finding, 'code' | 'tone' | 'threshold'> & {
  /** Undefined where there is nothing to say. */
  find(patient: Patient): Pick<Finding, 'words' | 'evidence' | 'tries'> | undefined;
};

export type Evidence = Finding['evidence'];
export type Try = Finding['tries'][number];

/** A finding needs this many measures in a row. */
export const IN_A_ROW = 2;
/** Before this step, one sees only what D and G began with. */
export const FEWEST_STEPS = 200;

/** The newest measures, from the given step on; undefined where there are fewer than must agree. */
export function newest({ measured }: History, from = FEWEST_STEPS): readonly MeasuredStep[] | undefined {
  const last = measured.slice(-IN_A_ROW);
  return last.length === IN_A_ROW && last.every(({ step }) => step >= from) ? last : undefined;
}

/** The number at each of these measures; undefined where one lacks it. */
export function numbersOf(
  measured: readonly MeasuredStep[],
  numberOf: (each: MeasuredStep) => number | undefined,
): number[] | undefined {
  const numbers = measured.flatMap((each) => numberOf(each) ?? []);
  return numbers.length === measured.length ? numbers : undefined;
}

/** The numbers as evidence. */
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

/** Half the learning rate of a network. */
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
