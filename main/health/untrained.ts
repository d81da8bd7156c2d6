/** The rule that finds a G that is no better than before the first step. */
import { currentDistanceOf, distanceOf, evidence, newest, numbersOf, slower, type Rule } from './rule.ts';

const SHARE = 0.9;
/**
 * If G circles, averaged weights lie in the middle of the circle, and their samples are nearer to the data
 * than G's.
 */
const CIRCLING = 1.5;

export const untrained: Rule = {
  code: 'untrained',
  tone: 'ill',
  threshold: `In two measures in a row, samples are at least ${SHARE} times as far from the data as those of the untrained G. G circles if samples of current weights are more than ${CIRCLING} times as far as those of averaged weights.`,
  find({ history, config }) {
    const [first] = history.measured;
    const last = newest(history);
    const start = first?.step === 0 ? distanceOf(first) : undefined;
    const distances = last && numbersOf(last, distanceOf);
    if (!first || start === undefined || !last || !distances?.every((distance) => distance >= SHARE * start))
      return undefined;
    const current = numbersOf(last, currentDistanceOf) ?? [];
    const circles = distances.every((distance, index) => (current[index] ?? 0) > CIRCLING * distance);
    return {
      words: circles ? 'No better than untrained: G circles' : 'No better than untrained',
      evidence: [
        ...evidence('Distance to the data', [first, ...last], distanceOf),
        ...evidence('Distance, current weights', last, currentDistanceOf),
      ],
      tries: [slower(config, 'discriminator'), slower(config, 'generator')],
    };
  },
};
