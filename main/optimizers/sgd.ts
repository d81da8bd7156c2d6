/** Stochastic gradient descent with momentum. */
import { z } from 'zod';
import { applyMomentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';

const optionsSchema = z.object({
  momentum: z
    .number()
    .min(0)
    .max(0.999)
    .default(0.5)
    .meta({ title: 'Momentum', description: 'Share of the previous step that is added to the next.' }),
});
type Options = z.infer<typeof optionsSchema>;

/** v = momentum v + g; w = w - rate v. Polyak 1964. */
export const sgd: Optimizer<Options> = {
  kind: 'sgd',
  label: 'SGD with momentum',
  summary: 'Follows the plain gradient. Needs far larger learning rates, 0.01 to 0.1.',
  paper: {
    title: 'Polyak 1964, Some methods of speeding up the convergence of iteration methods',
    url: 'https://doi.org/10.1016/0041-5553(64)90137-5',
  },
  options: optionsSchema,
  slots: ['velocity'],
  rate: ({ learningRate }) => learningRate,
  update({ weight, slots, gradient, rate, options: { momentum } }) {
    return applyMomentum({ weight, velocity: slots[0]!, gradient, rate, momentum });
  },
};
