/**
 * The catalogue of GANs, each of which declares its game in one file. They build on layers and
 * main/game/turn.ts, and know no other catalogue. To add one, add a file here and a line in GANS.
 */
import { chosen } from '../game/index.ts';
import { DEFAULT_RUN_CONFIG, type PhaseEntry } from '../contract/index.ts';
import { bigan } from './bigan.ts';
import { conditional } from './conditional.ts';
import { dcgan } from './dcgan.ts';
import { dragan } from './dragan.ts';
import { ebgan } from './ebgan.ts';
import type { Gan, GanInput, ImageShape } from './gan.ts';
import { lsgan } from './lsgan.ts';
import { mlp } from './mlp.ts';
import { smallData } from './small-data.ts';
import { sngan } from './sngan.ts';
import { wganGp } from './wgan-gp.ts';
import { wgan } from './wgan.ts';

export type { Gan, GanInput } from './gan.ts';

export const GANS: readonly Gan[] = [
  dcgan,
  lsgan,
  wgan,
  wganGp,
  sngan,
  dragan,
  mlp,
  smallData,
  conditional,
  ebgan,
  bigan,
];

/** The GAN of this kind; throws StudioError `unknown-gan`. */
export function ganOf(kind: string): Gan {
  return chosen({
    entries: GANS,
    nameOf: (entry) => entry.kind,
    name: kind,
    what: 'GAN',
    code: 'unknown-gan',
  });
}

/** Images to try with a GAN, since not every GAN can make images of every kind. */
const KINDS_OF_IMAGES = [
  { size: 28, channels: 1 },
  { size: 64, channels: 3 },
  { size: 1, channels: 2 },
] as const;

/**
 * The result of `make` for the first item for which it does not throw; its error for the last one is passed
 * on.
 */
function firstOf<Item, Result>(items: readonly Item[], make: (item: Item) => Result): Result {
  for (const item of items.slice(0, -1)) {
    try {
      return make(item);
    } catch {
      // The next item may fit.
    }
  }
  return make(items.at(-1) as Item);
}

/** A GAN's phases under its default options, with the roles of the players that move. */
export function phasesOf({ options, players, phases }: Gan): PhaseEntry[] {
  const { z } = DEFAULT_RUN_CONFIG;
  const given = (image: ImageShape): GanInput => ({
    options: options.parse({}),
    image,
    z,
    nodes: 1,
    classes: 2,
  });
  const all = firstOf(KINDS_OF_IMAGES, (image) => players(given(image)));
  return phases(given(KINDS_OF_IMAGES[0])).map(({ name, moves }) => ({
    name,
    moves: [...moves],
    roles: moves.flatMap((player) => all[player]?.role ?? []),
  }));
}
