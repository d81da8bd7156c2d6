/** The precision that a run computes in, and its setting. */
import { z } from 'zod';
import { setting } from './setting.ts';

/** The precision that a step computes in. */
export const precisionSchema = z.enum(['float32', 'bfloat16']);
export type Precision = z.infer<typeof precisionSchema>;

/** Never `automatic` in the config of a run that has begun. */
export const precisionSetting = setting(z.enum(['automatic', 'float32', 'bfloat16']), {
  title: 'Precision',
  description: 'what training computes in; automatic measures whether bfloat16 is quicker on this machine',
  help: 'Some processors multiply bfloat16 numbers, which have 8 significant bits, much faster than float32. Automatic measures both when a run of this shape is first started, and takes bfloat16 where it gains a tenth or more. Weights, losses and statistics are always float32, and so are samples, metrics and exports.',
  flag: { name: 'precision', placeholder: 'kind' },
  choices: {
    automatic: { label: 'Automatic', description: 'The quicker of the two, as measured on this machine.' },
    float32: { label: 'float32', description: 'The same on every machine of the same kind.' },
    bfloat16: {
      label: 'bfloat16',
      description: 'Quicker on processors that have it, for larger pictures.',
    },
  },
});
