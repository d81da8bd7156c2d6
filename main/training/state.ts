/** All that a step changes, as one table of tensors; their names are those in a checkpoint. */
import { ROLES, StudioError, type Role } from '../contract/index.ts';
import { initialWeights, weightSpecs, type Network, type WeightSpec } from '../layers/index.ts';
import type { Checkpoint, Values } from '../runs/index.ts';
import { tf, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import type { Player, Players } from '../game/index.ts';
import type { Rules } from './step.ts';

/** The network of the player of this name; throws where the GAN has none. */
export function networkOf(given: { players: Players }, name: string): Network {
  return playerOf(given, name).network;
}

/** The role of the player of this name; throws where the GAN has none. */
export function roleOf(given: { players: Players }, name: string): Role {
  return playerOf(given, name).role;
}

function playerOf({ players }: { players: Players }, name: string): Player {
  const player = players[name];
  if (!player)
    throw new Error(`The GAN has no player named "${name}"; it has ${Object.keys(players).join(', ')}.`);
  return player;
}

/** The first player of this role; throws where the GAN has none. */
export function playerAs(role: Role, { players }: { players: Players }): string {
  const found = Object.entries(players).find(([, player]) => player.role === role);
  if (!found) throw new Error(`The GAN has no ${role}.`);
  return found[0];
}

/** Each network's weights are numbered from its own multiple of this, so that no two share random numbers. */
const WEIGHTS_PER_NETWORK = 10_000;

/** The name of a player's weight in the state; also from its full name, such as `generator/start/kernel`. */
export const weightName = (...names: [full: string] | [player: string, weight: string]): string =>
  `weights/${names.join('/')}`;
/** What an optimiser remembers of a weight, by the weight's full name. */
export const slotName = (slot: string, full: string): string => `${slot}/${full}`;
/** What a stabiliser keeps from step to step. */
export const memoryName = (name: string): string => `memory/${name}`;

/** Names of the players whose weights are averaged. */
export function averagedPlayers({ players }: { players: Players }): string[] {
  return Object.keys(players).filter((name) => ROLES[roleOf({ players }, name)].isAveraged);
}

/** The moving average of a player's weight. Where only one player has one, its name is left out. */
export function averageName({ players }: { players: Players }, player: string, weight: string): string {
  return averagedPlayers({ players }).length === 1 ? `average/${weight}` : `average/${player}/${weight}`;
}

/** The tensors whose names begin with `prefix`, which is left off. */
export function partOf(state: Tensors, prefix: string): Tensors {
  return Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

/** The same tensors by other names. */
export function renamed(tensors: Tensors, nameOf: (name: string) => string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [nameOf(name), tensor]));
}

/** The state that a run begins with. */
export function firstState(
  { players, optimizer, memory }: Pick<Rules, 'players' | 'optimizer' | 'memory'>,
  seed: number,
): Tensors {
  const state: Tensors = {};
  Object.entries(players).forEach(([player, { network }], index) => {
    const weights = initialWeights(network, { seed, firstStep: index * WEIGHTS_PER_NETWORK });
    for (const [name, weight] of Object.entries(weights)) state[weightName(player, name)] = weight;
  });
  for (const { name, shape } of slotsOf({ players, optimizer })) state[name] = tf.zeros(shape);
  for (const [name, { shape, value }] of Object.entries(memory))
    state[memoryName(name)] = tf.fill(shape, value);
  for (const player of averagedPlayers({ players }))
    for (const [name, weight] of Object.entries(partOf(state, weightName(player, ''))))
      state[averageName({ players }, player, name)] = tf.add(weight, 0);
  return state;
}

/**
 * The state that a checkpoint holds; throws StudioError `checkpoint-mismatch` when it belongs to other
 * networks.
 */
export function stateFrom(
  { players, optimizer, memory }: Pick<Rules, 'players' | 'optimizer' | 'memory'>,
  checkpoint: Checkpoint,
): Tensors {
  return Object.fromEntries(
    stateSpecs({ players, optimizer, memory }).map(({ name, shape }) => [
      name,
      tensorNamed(checkpoint, name, shape),
    ]),
  );
}

/** The names and shapes of all that the state consists of, in the order of `firstState`. */
export function stateSpecs({
  players,
  optimizer,
  memory,
}: Pick<Rules, 'players' | 'optimizer' | 'memory'>): Spec[] {
  return [
    ...Object.keys(players).flatMap((player) => weightsOf({ players }, player)),
    ...slotsOf({ players, optimizer }),
    ...Object.entries(memory).map(([name, { shape }]) => ({ name: memoryName(name), shape })),
    ...averagedPlayers({ players }).flatMap((player) => averagesOf({ players }, player)),
  ];
}

/**
 * The weights of a player in the trained model, which are averaged ones if its role is averaged: for each its
 * name in the network (`own`), and its name and shape in the state.
 */
export function trainedSpecs(given: { players: Players }, player: string): (Spec & { own: string })[] {
  const isAveraged = averagedPlayers(given).includes(player);
  return specsBy(given, player, (own) =>
    isAveraged ? averageName(given, player, own) : weightName(player, own),
  );
}

/** The same without averaging. */
export function currentSpecs(given: { players: Players }, player: string): (Spec & { own: string })[] {
  return specsBy(given, player, (own) => weightName(player, own));
}

function specsBy(given: { players: Players }, player: string, nameOf: (own: string) => string) {
  return weightSpecs(networkOf(given, player)).map(({ name, shape }) => ({
    own: name,
    name: nameOf(name),
    shape,
  }));
}

/** These weights as a checkpoint holds them, by the network's own names. */
export function weightsFrom(checkpoint: Checkpoint, specs: ReturnType<typeof trainedSpecs>): Tensors {
  return Object.fromEntries(specs.map(({ own, name, shape }) => [own, tensorNamed(checkpoint, name, shape)]));
}

/**
 * The weights of every player, by player and weight: the current ones, and averaged ones for roles that are
 * averaged.
 */
export function allWeights(
  { players }: { players: Players },
  { tensors }: Pick<Checkpoint, 'tensors'>,
): { current: Checkpoint['tensors']; averaged: Checkpoint['tensors'] } {
  const named = (chosen: string[], specsOf: typeof currentSpecs) =>
    Object.fromEntries(
      chosen.flatMap((player) =>
        specsOf({ players }, player).flatMap(({ own, name }) => {
          const values = tensors[name];
          return values ? [[`${player}/${own}`, values] as const] : [];
        }),
      ),
    );
  return {
    current: named(Object.keys(players), currentSpecs),
    averaged: named(averagedPlayers({ players }), trainedSpecs),
  };
}

/** Copies the state out of TensorFlow. */
export function copyOut(state: Tensors): Checkpoint['tensors'] {
  return Object.fromEntries(
    Object.entries(state).map(([name, tensor]): [string, Values] => [
      name,
      { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
    ]),
  );
}

type Spec = Pick<WeightSpec, 'name' | 'shape'>;

function slotsOf({ players, optimizer }: Pick<Rules, 'players' | 'optimizer'>): Spec[] {
  return Object.entries(players).flatMap(([player, { network }]) =>
    weightSpecs(network)
      .filter(({ movedBy }) => movedBy === 'gradient')
      .flatMap(({ name, shape }) =>
        optimizer.slots.map((slot) => ({ name: slotName(slot, `${player}/${name}`), shape })),
      ),
  );
}

function weightsOf({ players }: { players: Players }, player: string): Spec[] {
  return weightSpecs(networkOf({ players }, player)).map(({ name, shape }) => ({
    name: weightName(player, name),
    shape,
  }));
}

function averagesOf({ players }: { players: Players }, player: string): Spec[] {
  return weightSpecs(networkOf({ players }, player)).map(({ name, shape }) => ({
    name: averageName({ players }, player, name),
    shape,
  }));
}

function tensorNamed(checkpoint: Checkpoint, name: string, shape: Shape): Tensor {
  const found = checkpoint.tensors[name];
  if (!found || found.shape.join() !== shape.join()) {
    throw new StudioError({
      code: 'checkpoint-mismatch',
      message: `The checkpoint does not fit the run’s networks: ${name} is ${found ? `[${found.shape}]` : 'missing'}, expected [${shape}].`,
      remedy: 'Open the checkpoint with the config.json that it was saved with.',
    });
  }
  return tf.tensor(found.values, shape);
}
