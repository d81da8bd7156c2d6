/**
 * What people do with the app for hours, and which of it comes next: by chance, yet the same for the same
 * seed. This folder serves e2e/soak.bench.ts alone.
 */
import { randomWords } from '#main/random.ts';

/** What is open in the app, as far as it decides what can be done. */
export type Situation = {
  run: 'none' | 'training' | 'paused' | 'ended';
  /** Runs in the library. */
  runs: number;
};

type Rule = {
  /** How often it comes, beside the others that fit. */
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

/** Numbers in [0, 1), one after the other: the same for the same seed. */
export type Chance = () => number;

/** Numbers that follow from the seed alone. */
export function chanceOf(seed: number): Chance {
  let drawn = 0;
  return () => (randomWords({ seed, stream: 'latent', step: drawn++ }, 1)[0] ?? 0) / 0x100000000;
}

/** One of these. Throws where there is none. */
export function oneOf<Item>(items: readonly Item[], chance: Chance): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

/** What is done next in this situation. */
export function chooseAction(situation: Situation, chance: Chance): Action {
  const fitting = NAMES.filter((name) => ACTIONS[name].fits(situation));
  let left = chance() * fitting.reduce((sum, name) => sum + ACTIONS[name].weight, 0);
  return fitting.find((name) => (left -= ACTIONS[name].weight) < 0) ?? 'view';
}
