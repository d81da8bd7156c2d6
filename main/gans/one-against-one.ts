/** The game of one generator against one discriminator, which most GANs play. */
import type { DiscriminatorNetwork, GeneratorNetwork } from './gan.ts';
import { tensorOf } from '../tensor.ts';
import type { Game, Phase, Players, Use } from '../game/index.ts';

/** The two players by their usual names. */
export function pair({
  generator,
  discriminator,
}: {
  generator: GeneratorNetwork;
  discriminator: DiscriminatorNetwork;
}): Players {
  return {
    generator: { role: 'generator', network: generator },
    discriminator: { role: 'discriminator', network: discriminator },
  };
}

/** G makes fakes of z, and D judges images. */
export const oneAgainstOne: Game = ({ inputs, run }) => ({
  fakes: () => ({ image: tensorOf(run('generator', { z: tensorOf(inputs, 'z') }), 'image') }),
  judge: (subject) => run('discriminator', subject),
});

/** G makes images. */
export const GENERATE: Use = {
  use: 'generate',
  label: 'Make pictures',
  networks: ['generator'],
  gives: ['image'],
};

/** D moves. The fakes are constants, because the gradient is taken with respect to D's weights alone. */
export const discriminatorTurn: Phase = {
  name: 'discriminator',
  moves: ['discriminator'],
  everySteps: 1,
  minimises: ({ reals, fakes, loss, judge }) =>
    loss.discriminator({
      real: judge(reals(), 'real').logit, // [batch, nodes]
      fake: judge(fakes(), 'fake').logit, // [batch, nodes]
    }),
};

/**
 * G moves. D's weights are constants, and the gradient passes through D to every pixel of the fakes.
 *
 * D judges the real batch as well, for losses that compare the two; a compiled step skips that if the loss
 * does not use it.
 */
export const generatorTurn: Phase = {
  name: 'generator',
  moves: ['generator'],
  everySteps: 1,
  minimises: ({ reals, fakes, loss, judge }) =>
    loss.generator({
      fake: judge(fakes(), 'fake').logit, // [batch, nodes]
      real: judge(reals(), 'real').logit, // [batch, nodes]
    }),
};
