/**
 * The rule that finds averaged weights whose samples are worse than those of current weights, and do not
 * catch up.
 */
import {
  currentDistanceOf,
  distanceOf,
  evidence,
  newest,
  numbersOf,
  slower,
  type Rule,
  type Try,
} from './rule.ts';

const TIMES = 1.25;
const PROGRESS = 0.1;

export const averageWorse: Rule = {
  code: 'average-worse',
  tone: 'ill',
  threshold: `In two measures in a row, samples of averaged weights are more than ${TIMES} times as far from the data as those of current weights, and come nearer by less than ${100 * PROGRESS}% from the first to the second.`,
  find({ history, config }) {
    const last = newest(history);
    const averaged = last && numbersOf(last, distanceOf);
    const current = last && numbersOf(last, currentDistanceOf);
    const [before, now] = averaged ?? [];
    if (!averaged || !current || before === undefined || now === undefined) return undefined;
    const isWorse = averaged.every((distance, index) => distance > TIMES * (current[index] ?? Infinity));
    if (!isWorse || now < (1 - PROGRESS) * before) return undefined;
    return {
      words: 'The average is worse than the current weights',
      evidence: [
        ...evidence('Distance, averaged weights', last, distanceOf),
        ...evidence('Distance, current weights', last, currentDistanceOf),
      ],
      tries: [shorterAverage(config.averaging), slower(config, 'generator'), slower(config, 'discriminator')],
    };
  },
};

function shorterAverage(decay: number): Try {
  const lower = decay > 0.99 ? 0.99 : 0;
  return {
    words: 'Average over fewer steps.',
    fix: {
      label: lower === 0 ? 'Switch averaging off' : `Set the EMA decay to ${lower}`,
      change: { kind: 'set', path: 'averaging', value: lower },
    },
  };
}
