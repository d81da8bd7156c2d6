/** The catalogue of GANs. To add one: a new file here and a line in GANS. */
import { StudioError } from '../contract/index.ts';
import { dcgan } from './dcgan.ts';
import type { Gan } from './gan.ts';
import { mlp } from './mlp.ts';

export type { Gan, ImageShape, Phase, Turn } from './gan.ts';

export const GANS: readonly Gan[] = [dcgan, mlp];

/** The GAN of this kind; throws StudioError `unknown-gan`. */
export function ganOf(kind: string): Gan {
  const gan = GANS.find((entry) => entry.kind === kind);
  if (gan) return gan;
  throw new StudioError({
    code: 'unknown-gan',
    message: `There is no GAN "${kind}".`,
    remedy: `Choose one of: ${GANS.map((entry) => entry.kind).join(', ')}.`,
  });
}
