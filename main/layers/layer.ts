/** What every layer is: data that names its inputs, and the kind that knows its shapes, weights, forward pass and exports. */
import type { StepRandom } from '../step-random.ts';
import type { Shape, Tensor, Tensors } from '../tensor.ts';

/** One building block of a network, as data. */
export type Layer = {
  kind: string;
  /** Unique within its network; names its weights and its output. */
  name: string;
  /** Names of layers or network inputs. */
  inputs: string[];
  options: Record<string, unknown>;
};

/** How a weight starts: normal with mean and deviation, or one value everywhere. */
export type Initial = { mean: number; deviation: number } | { value: number };

export type WeightSpec = {
  name: string;
  shape: Shape;
  initial: Initial;
  /** gradient: the optimiser moves it; statistics: the forward pass does, in training; nothing: it stays as it was drawn. */
  movedBy: 'gradient' | 'statistics' | 'nothing';
};

/** training: batch statistics, noise and dropout as in a turn; inference: as in a finished generator. */
export type Mode = 'training' | 'inference';

/** What a forward pass gives: its output, and new values of the weights that it moves itself. */
export type Forward = { output: Tensor; statistics?: Tensors };

/** A weight of ours and how Keras names it. `value` makes what Keras wants of the layer's weights, where that is not ours as it is. */
export type KerasWeight = { ours: string; keras: string; value?: (weights: Tensors) => Tensor };

/** A layer as a Keras layer, which TensorFlow.js and Keras both read. */
export type KerasLayer = {
  className: string;
  config: Record<string, unknown>;
  /** In Keras' order. */
  weights: KerasWeight[];
};

/** A kind of layer. Shapes leave the batch out: [height, width, channels] or [units]. */
export type LayerKind<Options extends Record<string, unknown>> = {
  kind: string;
  /** What it does, forwards and backwards, in a sentence or two for people who learn, and as a formula. */
  about: { text: string; formula: string };
  outputShape(inputs: Shape[], options: Options): Shape;
  weights(inputs: Shape[], options: Options): WeightSpec[];
  /** `random` is there in training. */
  forward(given: {
    inputs: Tensor[];
    weights: Tensors;
    options: Options;
    mode: Mode;
    random?: StepRandom | undefined;
  }): Forward;
  /** Several stand in a row; absent where Keras has no counterpart. */
  keras?(options: Options, inputs: Shape[]): KerasLayer | KerasLayer[];
};

const kinds = new Map<string, LayerKind<Record<string, unknown>>>();

/** Enters a kind in the table and answers the function that makes layers of it. */
export function defineLayer<Options extends Record<string, unknown>>(kind: LayerKind<Options>) {
  kinds.set(kind.kind, kind as unknown as LayerKind<Record<string, unknown>>);
  return (name: string, options: Options, ...inputs: string[]): Layer => ({
    kind: kind.kind,
    name,
    inputs,
    options,
  });
}

/** The kind of this layer; throws for one that no file of this folder defines. */
export function kindOf(layer: Layer): LayerKind<Record<string, unknown>> {
  const kind = kinds.get(layer.kind);
  if (!kind)
    throw new Error(
      `No layer kind "${layer.kind}" (layer "${layer.name}"). The kinds are ${[...kinds.keys()].join(', ')}.`,
    );
  return kind;
}

/** What a layer does, for people who learn. */
export const aboutLayer = (layer: Layer): { about: string; formula: string } => {
  const { text, formula } = kindOf(layer).about;
  return { about: text, formula };
};

/** The random numbers of a training pass; throws when it was given none. */
export function drawing(random: StepRandom | undefined): StepRandom {
  if (!random)
    throw new Error('This network draws random numbers in training: pass `random` to its forward pass.');
  return random;
}

/** The shape that all inputs share. */
export function same(inputs: Shape[]): Shape {
  const [first] = inputs;
  if (!first || inputs.some((shape) => shape.join() !== first.join())) {
    throw new Error(
      `The inputs differ in shape: ${inputs.map((shape) => `[${shape.join()}]`).join(' and ')}.`,
    );
  }
  return first;
}

/** The first input's shape, for layers that have one. */
export function only<Item>(items: Item[]): Item {
  if (items.length !== 1) throw new Error(`Expected one input, got ${items.length}.`);
  return items[0] as Item;
}
