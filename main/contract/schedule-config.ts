/** Settings of what changes from step to step: which players are updated, and the learning rates. */
import { z } from 'zod';
import { setting } from './setting.ts';

/**
 * How the learning rates fall: from step `from` on, within `over` steps, to the fraction `floor` of their
 * first values.
 */
export const scheduleSchema = z.object({
  kind: setting(z.enum(['constant', 'linear', 'cosine']), {
    title: 'Learning rate schedule',
    description: 'how the learning rates change over the run',
    help: 'Lower learning rates towards the end can make the last pictures more stable. Most GANs train with constant ones.',
    flag: { name: 'schedule', placeholder: 'kind' },
    choices: {
      constant: { label: 'Constant' },
      linear: { label: 'Linear', description: 'They fall in a straight line.' },
      cosine: { label: 'Cosine', description: 'They fall along a cosine, slowly at both ends.' },
    },
  }),
  from: setting(z.number().int().min(0), {
    title: 'Fall from step',
    description: 'the step at which the learning rates begin to fall',
    help: 'The step at which the learning rates begin to fall.',
    flag: { name: 'schedule-from', placeholder: 'step', otherwise: '0' },
  }),
  over: setting(z.number().int().min(1), {
    title: 'Fall over (steps)',
    description: 'how many steps the fall takes',
    help: 'How many steps the fall takes.',
    flag: { name: 'schedule-over', placeholder: 'n', otherwise: 'the rest of the run' },
  }),
  floor: setting(z.number().min(0).max(1), {
    title: 'Fall to (fraction)',
    description: 'the fraction of the first learning rates that they fall to',
    help: 'The fraction of the first learning rates that they fall to: 0.1 is a tenth, 0 is nothing.',
    flag: { name: 'schedule-floor', placeholder: 'share', otherwise: '0' },
  }),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** A schedule and clipping that change nothing. */
export const PLAIN_OPTIMIZER = {
  schedule: { kind: 'constant', from: 0, over: 10_000, floor: 0 },
  clip: 0,
} as const;

/**
 * The update order. together: D, then G, in every step. several: D in every step, G in every
 * `discriminator`th one. alternating: D in one step, G in the next.
 */
export const turnsSchema = z.object({
  kind: setting(z.enum(['together', 'several', 'alternating']), {
    title: 'Update order',
    help: 'Which network is updated in a step. A D that is updated more often than G guides G better and takes more time.',
    choices: {
      together: { label: 'Both in every step', description: 'D and G are both updated in every step.' },
      several: {
        label: 'Several updates of D per update of G',
        description: 'D is updated in every step, G less often.',
      },
      alternating: { label: 'Alternating', description: 'D is updated in one step, G in the next.' },
    },
  }),
  /** Used only if the kind is several. */
  discriminator: setting(z.number().int().min(1).max(20), { title: 'Updates of D per update of G' }),
});
export type Turns = z.infer<typeof turnsSchema>;

export const PLAIN_TURNS: Turns = { kind: 'together', discriminator: 1 };
