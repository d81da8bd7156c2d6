/**
 * A layer is data that names its kind and its inputs. Its kind computes shapes, weights and the forward pass,
 * and says what the layer is in a finished network.
 */
import type { StepRandom } from '../step-random.ts';
import type { Shape, Tensor, Tensor2D, Tensor3D, Tensor4D, Tensors } from '../tensor.ts';
import type { NotPortable, Portable } from './portable.ts';

/** One building block of a network, as data. */
export type Layer = {
  kind: string;
  /** Unique within its network; names its weights and its output. */
  name: string;
  /** Names of layers or network inputs. */
  inputs: string[];
  options: Record<string, unknown>;
};

/**
 * How a weight starts: drawn from a normal distribution, or one value everywhere. `copies` is the number of
 * equal parts of the last axis that start with the same numbers.
 */
export type Initial = { mean: number; deviation: number; copies?: number } | { value: number };

export type WeightSpec<Name extends string = string> = {
  name: Name;
  shape: Shape;
  initial: Initial;
  /**
   * gradient: the optimiser updates it; statistics: the forward pass does, in training; nothing: it keeps its
   * first value.
   */
  movedBy: 'gradient' | 'statistics' | 'nothing';
};

/** training: batch statistics, noise and dropout as in a turn; inference: as in a finished generator. */
export type Mode = 'training' | 'inference';

/** A form of input: a row of numbers, [n], a picture, [height, width, channels], or either. */
export type Form = 'row' | 'picture' | 'any';

type FormShapes = { row: [number]; picture: [number, number, number]; any: Shape };
/** With the batch in front. */
type FormTensors = { row: Tensor2D; picture: Tensor4D; any: Batched };
export type Batched = Tensor2D | Tensor3D | Tensor4D;

type ShapeOf<Input> = Input extends Form ? FormShapes[Input] : never;
type TensorOf<Input> = Input extends Form ? FormTensors[Input] : never;

/** The form of each input; several: any number of them, at least one. */
type Takes = readonly Form[] | 'several';
type ShapesOf<Inputs extends Takes> = Inputs extends 'several'
  ? [Shape, ...Shape[]]
  : { [Index in keyof Inputs]: ShapeOf<Inputs[Index]> };
type TensorsOf<Inputs extends Takes> = Inputs extends 'several'
  ? [Tensor, ...Tensor[]]
  : { [Index in keyof Inputs]: TensorOf<Inputs[Index]> };

/** The types of a kind of layer; `weights` by their names within the layer. */
type LayerTypes = { takes: Takes; weights?: Tensors; options?: Record<string, unknown> };
type WeightsOf<Types> = Types extends { weights: infer Weights } ? Weights : Record<string, never>;
type NameOf<Types> = keyof WeightsOf<Types> & string;
type OptionsOf<Types> = Types extends { options: infer Options extends Record<string, unknown> }
  ? Options
  : Record<string, never>;

/** How a layer makes what comes out for one image depend on the rest of its batch. */
export type Mixing = {
  name: string;
  /** What D does with such a layer. */
  effect: string;
  /** What to do where D must judge every image by itself. */
  remedy: string;
};

/** What a forward pass runs on; in training, `random` is set. */
type ForwardInput<Inputs, Weights, Options> = {
  inputs: Inputs;
  weights: Weights;
  options: Options;
  mode: Mode;
  random?: StepRandom | undefined;
};

/**
 * A layer of a finished network: its weights, the shapes of its inputs, and its inputs in an inference pass
 * of one row of zeros (`seen`).
 */
type Finished<Types extends LayerTypes> = {
  options: OptionsOf<Types>;
  shapes: ShapesOf<Types['takes']>;
  weights: WeightsOf<Types>;
  seen: TensorsOf<Types['takes']>;
};

/** A kind of layer. Shapes leave the batch out: [height, width, channels] or [units]. */
export type LayerKind<Types extends LayerTypes> = {
  kind: string;
  /** What it does, forwards and backwards, in a sentence or two for people who learn, and as a formula. */
  about: { text: string; formula: string };
  takes: Types['takes'];
  /** Whether what comes out for one image depends on the other images of its batch, and how. */
  mixesBatch: Mixing | false;
  outputShape(inputs: ShapesOf<Types['takes']>, options: OptionsOf<Types>): Shape;
  weights(inputs: ShapesOf<Types['takes']>, options: OptionsOf<Types>): WeightSpec<NameOf<Types>>[];
  /** A forward pass. */
  forward(given: ForwardInput<TensorsOf<Types['takes']>, WeightsOf<Types>, OptionsOf<Types>>): {
    output: Tensor;
    /** New values of the weights that it moves itself. */
    statistics?: Partial<Record<NameOf<Types>, Tensor>>;
  };
  /** What it does in a finished network, as every export format has it. */
  portable(given: Finished<Types>): Portable | NotPortable;
};

/**
 * A kind of layer without its types; `assertFits` checks at run time that it takes inputs of given shapes.
 */
type AnyKind = Omit<
  LayerKind<{ takes: 'several'; weights: Tensors; options: Record<string, unknown> }>,
  'takes' | 'forward' | 'portable'
> & {
  takes: Takes;
  forward(given: ForwardInput<[Tensor, ...Tensor[]], Tensors, Record<string, unknown>>): {
    output: Tensor;
    statistics?: Tensors;
  };
  portable(given: {
    options: Record<string, unknown>;
    shapes: [Shape, ...Shape[]];
    weights: Tensors;
    seen: [Tensor, ...Tensor[]];
  }): Portable | NotPortable;
};

const kinds = new Map<string, AnyKind>();

/** Registers a kind of layer and returns the function that makes layers of it. */
export function defineLayer<Types extends LayerTypes>(kind: LayerKind<Types>) {
  kinds.set(kind.kind, kind as unknown as AnyKind);
  return (name: string, options: OptionsOf<Types>, ...inputs: string[]): Layer => ({
    kind: kind.kind,
    name,
    inputs,
    options,
  });
}

/** Shared by layers that have no weights, keep the shape and treat each image by itself. */
export const EACH_NUMBER = {
  takes: ['any'] as ['any'],
  mixesBatch: false as const,
  outputShape: ([shape]: [Shape]) => shape,
  weights: () => [],
};

/** The kind of this layer; throws for one that no file of this folder defines. */
export function kindOf(layer: Layer): AnyKind {
  const kind = kinds.get(layer.kind);
  if (!kind)
    throw new Error(
      `No layer kind "${layer.kind}" (layer "${layer.name}"). The kinds are ${[...kinds.keys()].join(', ')}.`,
    );
  return kind;
}

const RANKS = { row: 1, picture: 3, any: undefined };

/** Throws when a layer does not take inputs of these shapes. */
export function assertFits(layer: Layer, shapes: Shape[]): void {
  const { takes } = kindOf(layer);
  if (takes === 'several') return;
  const fits = (form: Form, index: number) =>
    RANKS[form] === undefined || RANKS[form] === shapes[index]?.length;
  if (takes.length !== shapes.length || !takes.every(fits))
    throw new Error(
      `Layer "${layer.name}" takes ${takes.join(' and ')}, not ${shapes.map((shape) => `[${shape}]`).join(' and ')}.`,
    );
}

/** What a layer does, for people who learn. */
export const aboutLayer = (layer: Layer): { about: string; formula: string } => {
  const { text, formula } = kindOf(layer).about;
  return { about: text, formula };
};

/** The source of random numbers of a training pass; throws if the caller passed none. */
export function drawing(random: StepRandom | undefined): StepRandom {
  if (!random)
    throw new Error('This network draws random numbers in training: pass `random` to its forward pass.');
  return random;
}

/** The shape that all inputs have; throws if they differ. */
export function sharedShape([first, ...others]: [Shape, ...Shape[]]): Shape {
  if (others.some((shape) => shape.join() !== first.join())) {
    throw new Error(
      `The inputs differ in shape: ${[first, ...others].map((shape) => `[${shape.join()}]`).join(' and ')}.`,
    );
  }
  return first;
}
