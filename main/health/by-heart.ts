/** The rule that finds a D that knows its training pictures by heart, and takes other pictures for fakes. */
import { evidence, newest, numbersOf, type Rule, type Try } from './rule.ts';
import type { MeasuredStep } from './history.ts';

const KNOWN = 0.9;
const UNKNOWN = 0.5;
const realOf = ({ signs }: MeasuredStep): number | undefined => signs?.realRight;
const heldOutOf = ({ signs }: MeasuredStep): number | undefined => signs?.heldOutRight;

/** Says nothing about runs without held-out pictures, nor about critics, whose scores have no zero point. */
export const byHeart: Rule = {
  code: 'by-heart',
  tone: 'ill',
  threshold: `In two measures in a row, D takes at least ${100 * KNOWN}% of the pictures it is trained on for real, and less than ${100 * UNKNOWN}% of those held out.`,
  find({ history, config }) {
    const last = newest(history);
    const [known, unknown] = [last && numbersOf(last, realOf), last && numbersOf(last, heldOutOf)];
    if (!last || !known || !unknown) return undefined;
    if (known.some((share) => share < KNOWN) || unknown.some((share) => share >= UNKNOWN)) return undefined;
    return {
      words: 'D knows its pictures by heart',
      evidence: [
        ...evidence('Share of pictures trained on that D takes for real', last, realOf),
        ...evidence('Share of held-out pictures that D takes for real', last, heldOutOf),
      ],
      tries: triesFor(config.gan.kind),
    };
  },
};

/** What helps if D knows its pictures by heart, or G copies them. */
export const triesFor = (gan: string): Try[] => [
  { words: 'Train on more pictures.' },
  gan === 'small-data'
    ? { words: 'Stop earlier: it gets worse with time.' }
    : {
        words: 'Use the GAN for few pictures.',
        fix: {
          label: 'Use the GAN for few pictures',
          change: { kind: 'choose', part: 'gans', entry: 'small-data' },
        },
      },
];
