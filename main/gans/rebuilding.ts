/** A D that rebuilds the image from what it keeps of it. */
import type { Layer } from '../layers/index.ts';
import type { DiscriminatorNetwork, ImageShape } from './gan.ts';

/** These layers as D; those that judge, keep and rebuild are called `logit`, `features` and `reconstruction`. */
export const rebuilding = ({ size, channels }: ImageShape, layers: Layer[]): DiscriminatorNetwork => ({
  inputs: { image: [size, size, channels] },
  layers,
  outputs: { logit: 'verdict', features: 'features', reconstruction: 'reconstruction' },
});
