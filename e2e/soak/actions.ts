/**
 * What people do with the app for hours, and which action comes next: random, yet the same for the same seed.
 * This folder serves e2e/soak.check.ts alone.
 */
import { randomWords } from '#main/random.ts';

/** What is open in the app, which decides what can be done. */
export type Situation = {
  run: 'none' | 'training' | 'paused' | 'ended';
  /** How many runs the library has. */
  runs: number;
};

type Rule = {
  /** Its weight beside the other actions that fit. */
  weight: number;
  fits: (situation: Situation) => boolean;
};

/** Fewer runs than this are left in the library, so that there is one to go on with. */
const FEWEST_RUNS = 3;

const always = () => true;
const isMoving = ({ run }: Situation) => run === 'training';
const isPaused = ({ run }: Situation) => run === 'paused';
const isActive = ({ run }: Situation) => run === 'training' || run === 'paused';
const isIdle = (situation: Situation) => !isActive(situation);
const isThere = ({ run }: Situation) => run !== 'none';
const isListed = (situation: Situation) => isIdle(situation) && situation.runs > 0;

export const ACTIONS = {
  'view': { weight: 10, fits: always },
  'start': { weight: 16, fits: isIdle },
  'duplicate': { weight: 4, fits: isListed },
  'resume-earlier': { weight: 12, fits: isListed },
  'open-earlier': { weight: 4, fits: isListed },
  'trash': { weight: 8, fits: (situation) => isListed(situation) && situation.runs > FEWEST_RUNS },
  'wait': { weight: 8, fits: isMoving },
  'pause': { weight: 5, fits: isMoving },
  'continue': { weight: 14, fits: isPaused },
  'stop': { weight: 3, fits: isActive },
  'inspect': { weight: 5, fits: isActive },
  'samples': { weight: 5, fits: isThere },
  'latent': { weight: 5, fits: isThere },
  'lab': { weight: 3, fits: always },
  'measure': { weight: 2, fits: isListed },
  'export': { weight: 3, fits: ({ run }) => run === 'ended' || run === 'paused' },
  'import': { weight: 4, fits: isIdle },
  'suspend-trainer': { weight: 2, fits: always },
  'suspend-library': { weight: 2, fits: always },
  'suspend-page': { weight: 2, fits: always },
  'resize': { weight: 4, fits: always },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof ACTIONS;
const NAMES = Object.keys(ACTIONS) as Action[];

/** Returns random numbers in [0, 1), one at each call. */
export type Chance = () => number;

/** Random numbers that follow from the seed alone. */
export function chanceOf(seed: number): Chance {
  let drawn = 0;
  return () => (randomWords({ seed, stream: 'latent', step: drawn++ }, 1)[0] ?? 0) / 0x100000000;
}

/** A random one of these. Throws if there are none. */
export function oneOf<Item>(items: readonly Item[], chance: Chance): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

/** The next action in this situation. */
export function chooseAction(situation: Situation, chance: Chance): Action {
  const fitting = NAMES.filter((name) => ACTIONS[name].fits(situation));
  let left = chance() * fitting.reduce((sum, name) => sum + ACTIONS[name].weight, 0);
  return fitting.find((name) => (left -= ACTIONS[name].weight) < 0) ?? 'view';
}
