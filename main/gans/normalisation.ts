/** The normalisation layers that a network can choose from. */
import { z } from 'zod';
import { batchNorm, groupNorm, instanceNorm, layerNorm, type Layer } from '../layers/index.ts';

export const normalisationSchema = z.enum(['batch', 'layer', 'instance', 'group', 'none']).meta({
  title: 'Normalisation of D',
  description:
    'How the numbers inside D are rescaled. Batch normalisation learns fastest. Gradient penalties need one of the others, which treat every picture by itself.',
  choices: {
    batch: { label: 'Batch normalisation' },
    layer: { label: 'Layer normalisation' },
    instance: { label: 'Instance normalisation' },
    group: { label: 'Group normalisation' },
    none: { label: 'None' },
  },
});
export type Normalisation = z.infer<typeof normalisationSchema>;

const GROUPS = 4;

/** The normalisation as a layer of this name, or no layer. The channels of its input are a multiple of 4. */
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
