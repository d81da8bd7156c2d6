/** A trained model and its uses, each of which runs networks one after the other. */
import type { UseName } from '../contract/index.ts';
import { forward, shapesOf, type Network } from '../layers/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import type { Use } from '../game/index.ts';
import { joined, type LatentSpace } from '../latent.ts';

export type Model = {
  uses: readonly Use[];
  /** The parts of its points. */
  latent: LatentSpace;
  /** The networks of its uses, by player. */
  networks: Record<string, Network>;
  weights: Record<string, Tensors>;
};

/** The use of this name; undefined if the model has none. */
export function useOf({ uses }: Pick<Model, 'uses'>, name: UseName): Use | undefined {
  return uses.find(({ use }) => use === name);
}

/** The use of this name. Throws Error if the model has none. */
export function requireUse(model: Pick<Model, 'uses'>, name: UseName): Use {
  const found = useOf(model, name);
  if (!found) throw new Error(`The model has no use "${name}".`);
  return found;
}

export type NetworkWithWeights = { network: Network; weights: Tensors };

/** A player's network with its weights. Throws Error if the model has none of this name. */
export function playerIn({ networks, weights }: Model, player: string): NetworkWithWeights {
  const [network, own] = [networks[player], weights[player]];
  if (!network || !own) throw new Error(`The model has no network "${player}".`);
  return { network, weights: own };
}

/** The networks of a use in order, each with its weights. */
export function networksOf(model: Model, use: Use): NetworkWithWeights[] {
  return use.networks.map((player) => playerIn(model, player));
}

/** The results of the use for these inputs, by name. Frees intermediate tensors. */
export function runUse(model: Model, use: Use, inputs: Tensors): Tensors {
  return tf.tidy(() => {
    const known = { ...inputs };
    for (const { network, weights } of networksOf(model, use)) {
      const fed = Object.fromEntries(
        Object.keys(network.inputs).map((name) => [name, tensorOf(known, name)]),
      );
      Object.assign(known, forward({ network, weights, inputs: fed, mode: 'inference' }).outputs);
    }
    return Object.fromEntries(use.gives.map((name) => [name, tensorOf(known, name)]));
  });
}

/** The shape of the images that the model generates. */
export function imageShapeOf(model: Model): [height: number, width: number, channels: number] {
  const use = requireUse(model, 'generate');
  const last = networksOf(model, use).at(-1)?.network;
  const [height, width, channels] = (last && shapesOf(last)[last.outputs['image'] ?? '']) ?? [];
  if (!height || !width || !channels)
    throw new Error('A network that generates must have the output "image", a picture.');
  return [height, width, channels];
}

/** Rows at a time, to bound the memory that large sheets need. */
const AT_ONCE = 64;

/** Computes `count` rows, some at a time. `part` returns the numbers of some rows, `width` for each. */
export function inParts(
  { count, width }: { count: number; width: number },
  part: (rows: { first: number; count: number }) => Float32Array,
): Float32Array {
  const numbers = new Float32Array(count * width);
  for (let first = 0; first < count; first += AT_ONCE)
    numbers.set(part({ first, count: Math.min(AT_ONCE, count - first) }), first * width);
  return numbers;
}

/** Points from the tensors of their parts, [rows, size] each, which it frees. */
export function asPoints(space: LatentSpace, tensors: Tensors): Float32Array {
  const parts = space.map(({ name }) => tensorOf(tensors, name).dataSync<'float32'>());
  tf.dispose(tensors);
  return joined(space, parts);
}
