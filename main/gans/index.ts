/** The catalogue of GANs. To add one: a new file here and a line in GANS. */
import { chosen } from '../chosen.ts';
import { dcgan } from './dcgan.ts';
import type { Gan } from './gan.ts';
import { mlp } from './mlp.ts';

export type { Gan, ImageShape, NetworksFor } from './gan.ts';

export const GANS: readonly Gan[] = [dcgan, mlp];

/** The GAN of this kind; throws StudioError `unknown-gan`. */
export function ganOf(kind: string): Gan {
  return chosen({ entries: GANS, nameOf: (entry) => entry.kind, name: kind, what: 'GAN', code: 'unknown-gan' });
}
