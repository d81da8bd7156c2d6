/** The two turns of a GAN with one generator and one discriminator. */
import type { Phase } from '../turn.ts';

/** D moves: the fakes are only data, for the gradient is taken with respect to D's weights alone. */
export const discriminatorTurn: Phase = {
  name: 'discriminator',
  moves: 'discriminator',
  everySteps: 1,
  minimises: ({ real, fakes, loss, judge }) =>
    loss.discriminator({
      real: judge(real, 'real').verdict, // [batch, nodes]
      fake: judge(fakes(), 'fake').verdict, // [batch, nodes]
    }),
};

/**
 * G moves: D is held fixed, and the gradient runs through it to every pixel of the fakes.
 *
 * D judges the real batch as well, for losses that compare the two; a compiled step leaves that out where the
 * loss does.
 */
export const generatorTurn: Phase = {
  name: 'generator',
  moves: 'generator',
  everySteps: 1,
  minimises: ({ real, fakes, loss, judge }) =>
    loss.generator({
      fake: judge(fakes(), 'fake').verdict, // [batch, nodes]
      real: judge(real, 'real').verdict, // [batch, nodes]
    }),
};
