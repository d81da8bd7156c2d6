/**
 * Historical averaging pulls D and G towards the mean of all their past weights, so that they do not circle
 * around each other.
 */
import { z } from 'zod';
import { weightSpecs, type Network } from '../layers/index.ts';
import { stopGradient, tf, type Scalar } from '../tensor.ts';
import type { Players, Turn } from '../game/index.ts';
import { remembered, type MemorySpec, type Stabiliser } from './stabiliser.ts';

const optionsSchema = z.object({
  weight: z.number().min(0).max(1000).default(0.01).meta({
    title: 'Weight',
    description: 'How strongly the distance from the mean weights is penalised. The paper gives no value.',
  }),
});

/** State names of the mean of a weight over the turns of its network, and of the number of those turns. */
const meanOf = (network: string, weight: string): string => `historical-averaging/mean/${network}/${weight}`;
const turnsOf = (network: string): string => `historical-averaging/turns/${network}`;

function moving(network: Network): { name: string; shape: number[] }[] {
  return weightSpecs(network).filter(({ movedBy }) => movedBy === 'gradient');
}

function memory(players: Players): Record<string, MemorySpec> {
  const entries = Object.entries(players).flatMap(([name, { network }]): [string, MemorySpec][] => [
    [turnsOf(name), { shape: [], value: 0 }],
    ...moving(network).map((weight): [string, MemorySpec] => [
      meanOf(name, weight.name),
      { shape: weight.shape, value: 0 },
    ]),
  ]);
  return Object.fromEntries(entries);
}

/**
 * Sum over a network's weights of (w - mean)^2. The means are updated first, with this turn's weights, so
 * that the sum is 0 in the first turn.
 */
function distance(turn: Turn, network: string): Scalar {
  const turns = tf.add(remembered(turn, turnsOf(network)), 1);
  turn.remember(turnsOf(network), turns);
  const weights = turn.weights(network);
  const prefix = meanOf(network, '');
  const distances = Object.entries(turn.memory)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, before]) => {
      const weight = weights[name.slice(prefix.length)];
      if (!weight) throw new Error(`The memory has a mean "${name}", but the network has no such weight.`);
      const mean = tf.add(before, tf.div(tf.sub(stopGradient(weight), before), turns));
      turn.remember(name, mean);
      return tf.sum<Scalar>(tf.square(tf.sub(weight, mean)));
    });
  return tf.addN(distances);
}

/**
 * Adds weight * ||theta - 1/t sum_i theta_i||^2 to the loss of each player, over its t turns so far. Salimans
 * et al. 2016, section 3.3.
 */
export const historicalAveraging: Stabiliser<z.infer<typeof optionsSchema>> = {
  kind: 'historical-averaging',
  label: 'Historical averaging',
  summary:
    'Keeps D and G close to the mean of their past weights, so that they do not circle around each other. Doubles the memory for weights.',
  paper: {
    title: 'Salimans et al. 2016, Improved Techniques for Training GANs',
    url: 'https://arxiv.org/abs/1606.03498',
  },
  explanation: {
    discriminator: '+ λ · ‖θ_D − (1/t) Σᵢ θ_D,ᵢ‖²',
    generator: '+ λ · ‖θ_G − (1/t) Σᵢ θ_G,ᵢ‖²',
    pseudocode: [
      't += 1',
      'for w in weights of the network that moves:',
      '    mean += (w - mean) / t',
      '    loss += weight * sum((w - mean) ** 2); mean is a constant',
    ],
  },
  options: optionsSchema,
  memory,
  turn: (phase, { weight }) => ({
    ...phase,
    minimises: (turn) =>
      phase.moves.reduce<Scalar>(
        (loss, player) => tf.add(loss, tf.mul(weight, distance(turn, player))),
        phase.minimises(turn),
      ),
  }),
};
