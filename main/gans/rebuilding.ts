/** A D that also rebuilds the image from its features. */
import type { Layer } from '../layers/index.ts';
import type { DiscriminatorNetwork, ImageShape } from './gan.ts';

/** D of these layers, among which are `verdict`, which gives the logit, `features` and `reconstruction`. */
export const rebuilding = ({ size, channels }: ImageShape, layers: Layer[]): DiscriminatorNetwork => ({
  inputs: { image: [size, size, channels] },
  layers,
  outputs: { logit: 'verdict', features: 'features', reconstruction: 'reconstruction' },
});
