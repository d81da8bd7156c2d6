/**
 * What tests of stabilisers share: one turn of a small GAN of perceptrons, as fixtures/stabilisers.py has it,
 * with a stabiliser in it.
 */
import { discriminatorTurn, generatorTurn, oneAgainstOne } from '../gans/one-against-one.ts';
import { activation, batchNorm, dense, flatten, reshape, weightSpecs } from '../layers/index.ts';
import { objectiveOf } from '../losses/index.ts';
import { fill } from '../reference/index.ts';
import { activeStabilisers, stabilisedPhase, stabilisedPlayers, type Active } from '../stabilisers/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Scalar, type Tensors } from '../tensor.ts';
import type { PlayedPhase, Players } from '../game/index.ts';
import { withRoles } from './rules.ts';
import { memoryName, networkOf, partOf, weightName } from './state.ts';
import { gradientWeights, takeTurn, type TurnResult } from './take-turn.ts';

export const BATCH = 4;

const PLAYERS: Players = {
  generator: {
    role: 'generator',
    network: {
      inputs: { z: [3] },
      layers: [
        dense('start', { units: 4, bias: false }),
        batchNorm('norm', {}),
        activation('pixels', { function: 'tanh' }),
        reshape('image', { shape: [2, 2, 1] }),
      ],
      outputs: { image: 'image' },
    },
  },
  discriminator: {
    role: 'discriminator',
    network: {
      inputs: { image: [2, 2, 1] },
      layers: [
        flatten('pixels', {}),
        dense('hidden', { units: 5, bias: true }),
        activation('features', { function: 'tanh' }),
        dense('verdict', { units: 1, bias: true }),
      ],
      outputs: { logit: 'verdict', features: 'features' },
    },
  },
};

/** A phase of the small GAN with these stabilisers, and the players that they leave. */
export type Setting = { phase: PlayedPhase; players: Players; active: Active[] };

/** The turn in which `moves` moves. */
export function settingOf({
  stabilisers,
  moves,
}: {
  stabilisers: { kind: string; options: Record<string, unknown> }[];
  moves: string;
}): Setting {
  const active = activeStabilisers(stabilisers);
  const plain = [discriminatorTurn, generatorTurn].find((phase) => phase.moves.includes(moves))!;
  const players = stabilisedPlayers(PLAYERS, active);
  return { active, players, phase: stabilisedPhase(withRoles(plain, players), active) };
}

/** Where fills begin, by what moves a weight; those of G that the gradient moves begin at 10. */
const OFFSETS = { gradient: 0, statistics: 50, nothing: 60 };
const PAST_TURNS = 3;

/** The state and the batch of the fixtures. */
export function givenOf({ players, active }: Setting): Tensors {
  const given: Tensors = {
    real: fill([BATCH, 2, 2, 1], 20, 1),
    z: fill([BATCH, 3], 30, 1),
    step: tf.scalar(1000),
  };
  for (const [network, player] of Object.entries(players)) {
    const counts = { gradient: 0, statistics: 0, nothing: 0 };
    for (const { name, shape, movedBy } of weightSpecs(player.network)) {
      const offset =
        OFFSETS[movedBy] + (movedBy === 'gradient' && network === 'generator' ? 10 : 0) + counts[movedBy]++;
      given[weightName(network, name)] = fill(shape, offset, movedBy === 'gradient' ? 0.8 : 0.5);
    }
    Object.assign(given, memoryOf(active, { [network]: player }));
  }
  return given;
}

/** What stabilisers keep of one player, as after some turns. */
function memoryOf(active: Active[], players: Players): Tensors {
  const specs = active.flatMap(({ stabiliser, options }) =>
    Object.entries(stabiliser.memory?.(players, options) ?? {}),
  );
  const means = specs.filter(([, { shape }]) => shape.length > 0);
  return Object.fromEntries([
    ...means.map(([name, { shape }], index) => [memoryName(name), fill(shape, 70 + index, 0.8)]),
    ...specs
      .filter((spec) => !means.includes(spec))
      .map(([name]) => [memoryName(name), tf.scalar(PAST_TURNS)]),
  ]) as Tensors;
}

/** Draws as the fixtures have them: the n-th is a fill that begins at 40 + n. */
function known(): StepRandom {
  let call = 0;
  return {
    normal: (shape) => fill(shape, 40 + call++, 1),
    uniform: (shape) => tf.add(fill(shape, 40 + call++, 0.5), 0.5),
  };
}

/** The turn's result on these inputs. */
export function turnOn(
  { phase, players }: Setting,
  given: Tensors,
  loss = objectiveOf({ kind: 'non-saturating', options: {} }),
): TurnResult {
  const { real, z, step } = given;
  return takeTurn({
    phase,
    players,
    game: oneAgainstOne,
    state: given,
    input: { inputs: { real: real!, z: z! }, step: step as Scalar },
    loss,
    random: known(),
  });
}

/** The weights of the player that moves, in its network's order. */
export function movingWeights({ phase, players }: Setting, given: Tensors): Tensors {
  const [player = ''] = phase.moves;
  const weights = partOf(given, weightName(player, ''));
  return Object.fromEntries(
    gradientWeights(networkOf({ players }, player)).map((name) => [name, weights[name]!]),
  );
}
