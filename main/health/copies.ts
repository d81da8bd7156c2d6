/** The rule that finds a G that copies pictures that it was trained on. */
import { triesFor } from './by-heart.ts';
import { evidence, type Rule } from './rule.ts';
import type { MeasuredStep } from './history.ts';

/** If nothing is copied, about 0.05 of samples count as copies. */
const SHARE = 0.15;
/** The finding states the share as a number out of these samples. */
const SAMPLES = 16;
const copiesOf = ({ values }: MeasuredStep): number | undefined => values['copies'];

export const copies: Rule = {
  code: 'copies',
  tone: 'ill',
  threshold: `More than ${100 * SHARE}% of samples are copies. Where nothing is copied, at most about 5% count as copies.`,
  find({ history: { measured }, config }) {
    const last = measured.filter((each) => copiesOf(each) !== undefined).slice(-1);
    const [share] = last.flatMap((each) => copiesOf(each) ?? []);
    if (share === undefined || share <= SHARE) return undefined;
    return {
      words: `Copies ${Math.round(SAMPLES * share)} of ${SAMPLES}`,
      evidence: evidence('Share of samples that are copies', last, copiesOf),
      tries: triesFor(config.gan.kind),
    };
  },
};
