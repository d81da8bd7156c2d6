/** A trained model, and what it can do: each of its uses runs networks one behind the other. */
import type { UseName } from '../contract/index.ts';
import { forward, shapesOf, type Network } from '../layers/index.ts';
import { tensorOf, tf, type Tensors } from '../tensor.ts';
import type { Use } from '../game/index.ts';
import { joined, type LatentSpace } from '../latent.ts';

export type Model = {
  uses: readonly Use[];
  /** What its points are made of. */
  latent: LatentSpace;
  /** The networks that its uses take, by player. */
  networks: Record<string, Network>;
  weights: Record<string, Tensors>;
};

/** How the model does this; undefined where it cannot. */
export function useOf({ uses }: Pick<Model, 'uses'>, name: UseName): Use | undefined {
  return uses.find(({ use }) => use === name);
}

/** The same; throws where it cannot. */
export function requireUse(model: Pick<Model, 'uses'>, name: UseName): Use {
  const found = useOf(model, name);
  if (!found) throw new Error(`The model has no use "${name}".`);
  return found;
}

export type Weighed = { network: Network; weights: Tensors };

/** A player's network with its weights; throws where the model has none of this name. */
export function playerIn({ networks, weights }: Model, player: string): Weighed {
  const [network, own] = [networks[player], weights[player]];
  if (!network || !own) throw new Error(`The model has no network "${player}".`);
  return { network, weights: own };
}

/** The networks of a use in order, each with its weights. */
export function networksOf(model: Model, use: Use): Weighed[] {
  return use.networks.map((player) => playerIn(model, player));
}

/** What the use gives for these inputs, by name. Tensors that it makes on the way are freed. */
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

/** The size of the images that it makes. */
export function imageShapeOf(model: Model): [height: number, width: number, channels: number] {
  const use = requireUse(model, 'generate');
  const last = networksOf(model, use).at(-1)?.network;
  const [height, width, channels] = (last && shapesOf(last)[last.outputs['image'] ?? '']) ?? [];
  if (!height || !width || !channels) throw new Error('What generates must make "image", a picture.');
  return [height, width, channels];
}

/** Images at a time: bounds memory for large sheets. */
const AT_ONCE = 64;

/** Works through `count` rows some at a time. `part` answers numbers, `width` for each row. */
export function inParts(
  { count, width }: { count: number; width: number },
  part: (rows: { first: number; count: number }) => Float32Array,
): Float32Array {
  const numbers = new Float32Array(count * width);
  for (let first = 0; first < count; first += AT_ONCE)
    numbers.set(part({ first, count: Math.min(AT_ONCE, count - first) }), first * width);
  return numbers;
}

/** The numbers of tensors, [rows, size] each, as points; frees them. */
export function asPoints(space: LatentSpace, tensors: Tensors): Float32Array {
  const parts = space.map(({ name }) => tensorOf(tensors, name).dataSync<'float32'>());
  tf.dispose(tensors);
  return joined(space, parts);
}
