/** The two turns of a GAN with one generator and one discriminator. */
import type { Phase } from './gan.ts';

/** D moves: the fakes are only data, for the gradient is taken with respect to D's weights alone. */
export const discriminatorTurn: Phase = {
  name: 'discriminator',
  moves: 'discriminator',
  everySteps: 1,
  minimises({ real, z, loss, run }) {
    const fake = run('generator', { z })['image']!; // [batch, size, size, channels] in [-1, 1]
    return loss.discriminator({
      real: run('discriminator', { image: real })['verdict']!, // [batch, nodes]
      fake: run('discriminator', { image: fake })['verdict']!, // [batch, nodes]
    });
  },
};

/**
 * G moves: D is held fixed, and the gradient runs through it to every pixel of the fakes.
 *
 * D judges the real batch as well, for losses that compare the two; a compiled step leaves that out where the loss does.
 */
export const generatorTurn: Phase = {
  name: 'generator',
  moves: 'generator',
  everySteps: 1,
  minimises({ real, z, loss, run }) {
    const fake = run('generator', { z })['image']!; // [batch, size, size, channels] in [-1, 1]
    return loss.generator({
      fake: run('discriminator', { image: fake })['verdict']!, // [batch, nodes]
      real: run('discriminator', { image: real })['verdict']!, // [batch, nodes]
    });
  },
};
