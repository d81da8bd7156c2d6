/** The catalogue of GANs. To add one: a new file here and a line in GANS. */
import { chosen } from '../chosen.ts';
import { conditional } from './conditional.ts';
import { dcgan } from './dcgan.ts';
import { dragan } from './dragan.ts';
import type { Gan } from './gan.ts';
import { lsgan } from './lsgan.ts';
import { mlp } from './mlp.ts';
import { smallData } from './small-data.ts';
import { sngan } from './sngan.ts';
import { wganGp } from './wgan-gp.ts';
import { wgan } from './wgan.ts';

export type { Gan, ImageShape, NetworksFor } from './gan.ts';

export const GANS: readonly Gan[] = [dcgan, lsgan, wgan, wganGp, sngan, dragan, mlp, smallData, conditional];

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
