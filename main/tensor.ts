/** The one door to tfjs-node. Importing it loads libtensorflow, which takes about a second. */
import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { mendGradients } from './corrected-gradients.ts';

// tfjs-node 4.22 calls two functions that Node 23 removed.
const removed = util as unknown as Record<string, unknown>;
removed['isArray'] ??= Array.isArray;
removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
// Silences the banner about CPU features on standard error; warnings and errors still show.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
// TensorFlow turns oneDNN off on processors without AVX-512, although a convolutional GAN trains twice as
// fast with it there.
process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';

const load = typeof require === 'function' ? require : createRequire(import.meta.url);
export const tf = load('@tensorflow/tfjs-node') as typeof TensorFlow;
mendGradients(tf);

export type Tensor = TensorFlow.Tensor;
export type Scalar = TensorFlow.Scalar;
export type Tensor1D = TensorFlow.Tensor1D;
export type Tensor2D = TensorFlow.Tensor2D;
export type Tensor3D = TensorFlow.Tensor3D;
export type Tensor4D = TensorFlow.Tensor4D;
export type TensorInfo = TensorFlow.TensorInfo;
export type TensorContainer = TensorFlow.TensorContainer;
export type Shape = number[];
/** Tensors by name, such as `up1/kernel`. */
export type Tensors = Record<string, Tensor>;

/** An attribute of a TensorFlow operation, as tfjs-node's binding takes it. */
export type Attribute = { name: string; type: number; value: unknown };

/**
 * An operation's output, as the binding returns it: an id that is never reused, its shape, and TensorFlow's
 * number for its type.
 */
export type Handle = { id: number; shape: Shape; dtype: number };

type AttributeTypes = Record<
  'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_ATTR_INT' | 'TF_ATTR_SHAPE',
  number
>;
type DataTypes = Record<'TF_FLOAT' | 'TF_INT32' | 'TF_BOOL', number>;

export type TypedValues = Float32Array | Int32Array | Uint8Array;

/** tfjs-node's native functions. */
export type Binding = AttributeTypes &
  DataTypes & {
    TF_Version: string;
    executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): Handle[];
    createTensor(shape: Shape, dtype: number, values: TypedValues): number;
    tensorDataSync(id: number): TypedValues;
    deleteTensor(id: number): void;
    loadSavedModel(folder: string, tags: string): number;
    deleteSavedModel(id: number): void;
  };

/** The part of tfjs-node's backend that calls the native functions. */
export type Backend = {
  binding: Binding;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs<Outputs extends Tensor[]>(
    name: string,
    attributes: Attribute[],
    inputs: TensorInfo[],
    outputs: Outputs['length'],
  ): Outputs;
  /** A tensor for an operation's output. */
  createOutputTensor(made: Handle): Tensor;
  /**
   * The ids of these tensors' handles; numbers that are still in JavaScript are handed to TensorFlow first.
   */
  getInputTensorIds<Tensors extends TensorInfo[]>(
    tensors: [...Tensors],
  ): { [Index in keyof Tensors]: number };
  /** The numbers of a tensor, which may still be in JavaScript. */
  readSync(dataId: object): Int32Array | Float32Array;
  write(values: TypedValues, shape: Shape, dtype: string): object;
  runSavedModel(id: number, inputs: Tensor[], names: { name: string }[], outputs: string[]): Tensor[];
};

/** tfjs-node's backend, for what runs, records and replays operations. */
export const backend = (): Backend => tf.backend() as unknown as Backend;

/** Runs `work` with some native functions replaced; `replace` receives the real ones. */
export function withBinding<Result>(
  replace: (binding: Binding) => Partial<Binding>,
  work: () => Result,
): Result {
  const native = backend();
  const { binding } = native;
  native.binding = Object.create(binding, Object.getOwnPropertyDescriptors(replace(binding))) as Binding;
  try {
    return work();
  } finally {
    native.binding = binding;
  }
}

/** Attributes for `operate`, in TensorFlow's own types. */
export const attribute = {
  /** A type, by TensorFlow's number for it. */
  type: (name: string, value: number): Attribute => ({ name, type: backend().binding.TF_ATTR_TYPE, value }),
  floatType: (name: string): Attribute => attribute.type(name, backend().binding.TF_FLOAT),
  intType: (name: string): Attribute => attribute.type(name, backend().binding.TF_INT32),
  shape: (name: string, value: Shape): Attribute => ({ name, type: backend().binding.TF_ATTR_SHAPE, value }),
  int: (name: string, value: number | number[]): Attribute => ({
    name,
    type: backend().binding.TF_ATTR_INT,
    value,
  }),
  float: (name: string, value: number): Attribute => ({ name, type: backend().binding.TF_ATTR_FLOAT, value }),
  boolean: (name: string, value: boolean): Attribute => ({
    name,
    type: backend().binding.TF_ATTR_BOOL,
    value,
  }),
  text: (name: string, value: string): Attribute => ({ name, type: backend().binding.TF_ATTR_STRING, value }),
};

/**
 * Runs one of TensorFlow's operations with one output. The tape does not record it, so no gradient flows
 * through.
 */
export function operate(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor {
  return backend().executeSingleOutput(name, attributes, inputs);
}

/** The same for an operation with several outputs, as many as `count`. */
export function operateMany<Outputs extends Tensor[]>(
  name: string,
  { attributes, inputs, count }: { attributes: Attribute[]; inputs: TensorInfo[]; count: Outputs['length'] },
): Outputs {
  return backend().executeMultipleOutputs<Outputs>(name, attributes, inputs, count);
}

/**
 * Tensors by name, of those that tfjs passes in order. Throws when there are more or fewer tensors than
 * names.
 */
export function named<Name extends string>(names: readonly Name[], tensors: Tensor[]): Record<Name, Tensor> {
  if (tensors.length !== names.length)
    throw new Error(`Expected ${names.length} tensors (${names.join(', ')}), got ${tensors.length}.`);
  return Object.fromEntries(names.map((name, index) => [name, tensors[index]])) as Record<Name, Tensor>;
}

/**
 * The same numbers, constant to every gradient. No tape records it, so nothing is computed for a zero
 * gradient. If a result depends on a tensor only through this, tfjs finds no gradient and throws.
 */
export function stopGradient(x: Tensor): Tensor {
  return operate('Identity', [attribute.floatType('T')], [x]);
}

/** Cuts x in two along an axis: into parts of these sizes, or into halves. */
export function splitInTwo(x: Tensor, axis: number, sizes: [number, number] | 2 = 2): [Tensor, Tensor] {
  return tf.split(x, sizes, axis) as [Tensor, Tensor];
}

/** The tensor of this name; throws if there is none. */
export function tensorOf(tensors: Tensors, name: string): Tensor {
  const found = tensors[name];
  if (found) return found;
  throw new Error(`There is no tensor named "${name}"; there are: ${Object.keys(tensors).join(', ')}.`);
}

/** Versions of TensorFlow.js and libtensorflow, for logs and the About window. */
export function tensorFlowVersions(): { tfjs: string; libtensorflow: string } {
  return { tfjs: tf.version['tfjs-node'] ?? tf.version['tfjs-core'], libtensorflow: nativeVersion() };
}

function nativeVersion(): string {
  return backend().binding.TF_Version;
}
