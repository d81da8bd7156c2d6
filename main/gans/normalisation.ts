/** The normalisation layers that a network can choose from. */
import { z } from 'zod';
import { batchNorm, groupNorm, instanceNorm, layerNorm, type Layer } from '../layers/index.ts';

export const normalisationSchema = z.enum(['batch', 'layer', 'instance', 'group', 'none']).meta({
  title: 'Normalisation of D',
  description:
    'Batch learns fastest. Penalties on the slope need one that keeps images apart: layer, instance, group or none.',
});
export type Normalisation = z.infer<typeof normalisationSchema>;

const GROUPS = 4;

/** The layer of this name, or none. Its input has 4 channels or a multiple of that. */
export function normalised(name: string, normalisation: Normalisation): Layer[] {
  switch (normalisation) {
    case 'batch':
      return [batchNorm(name, {})];
    case 'layer':
      return [layerNorm(name, {})];
    case 'instance':
      return [instanceNorm(name, {})];
    case 'group':
      return [groupNorm(name, { groups: GROUPS })];
    case 'none':
      return [];
  }
}
