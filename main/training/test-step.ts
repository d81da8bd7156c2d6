/** What tests of whole steps share: the step as a session compiles it, fed by name. */
import { compile, type Compiled } from '../graph/index.ts';
import type { Scalar, Tensors } from '../tensor.ts';
import { firstState } from './state.ts';
import { trainStep, type Rules, type StepInput } from './step.ts';

/** What the compiled step is fed, in one table. */
export function flat({ inputs, rates, ...scalars }: StepInput): Tensors {
  return { ...inputs, ...scalars, ...rates };
}

/**
 * The step of a GAN that is fed images and z, with its losses by name; `input` is one of those that it will
 * be fed. The caller disposes of it.
 */
export function compiledStep(rules: Rules, input: StepInput): Compiled {
  return compile({
    state: firstState(rules, 1),
    programs: {
      step: {
        inputs: flat(input),
        step(before, { real, z, step, seed, clip, averaging, ...rates }) {
          const { state, losses, valid } = trainStep(rules, before, {
            inputs: { real: real!, z: z! },
            step: step as Scalar,
            seed: seed!,
            clip: clip as Scalar,
            averaging: averaging as Scalar,
            rates: rates as Record<string, Scalar>,
          });
          return { state, outputs: losses, valid };
        },
      },
    },
  });
}
