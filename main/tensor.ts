/** The one door to tfjs-node. Importing it loads libtensorflow, which takes about a second. */
import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node';

// tfjs-node 4.22 calls two functions that Node 23 removed.
const removed = util as unknown as Record<string, unknown>;
removed['isArray'] ??= Array.isArray;
removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
// Its banner about CPU features goes to standard error at every start; warnings and errors still show.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';

const load = typeof require === 'function' ? require : createRequire(import.meta.url);
export const tf = load('@tensorflow/tfjs-node') as typeof TensorFlow;

export type Tensor = TensorFlow.Tensor;
export type Scalar = TensorFlow.Scalar;
export type Tensor4D = TensorFlow.Tensor4D;
export type TensorInfo = TensorFlow.TensorInfo;
export type Shape = number[];
/** Tensors by name, such as `up1/kernel`. */
export type Tensors = Record<string, Tensor>;

/** An attribute of a TensorFlow operation, as tfjs-node's binding wants it. */
export type Attribute = { name: string; type: number; value: unknown };

type Backend = {
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: TensorInfo[], outputs: number): Tensor[];
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_ATTR_INT' | 'TF_FLOAT', number>;
};
const backend = (): Backend => tf.backend() as unknown as Backend;

/** Attributes for `runOperation`, in TensorFlow's own types. */
export const attribute = {
  floatType: (name: string): Attribute => ({ name, type: backend().binding.TF_ATTR_TYPE, value: backend().binding.TF_FLOAT }),
  float: (name: string, value: number): Attribute => ({ name, type: backend().binding.TF_ATTR_FLOAT, value }),
  boolean: (name: string, value: boolean): Attribute => ({ name, type: backend().binding.TF_ATTR_BOOL, value }),
  text: (name: string, value: string): Attribute => ({ name, type: backend().binding.TF_ATTR_STRING, value }),
};

/** What a kernel of ours does, and what its gradient is made of. */
export type Kernel = {
  name: string;
  /** Runs TensorFlow's operation on the named inputs; answers its outputs. */
  run(inputs: Record<string, TensorInfo>, settings: Record<string, number>, operate: typeof runOperation): Tensor[];
  /**
   * From the gradients of the outputs to those of the inputs, in operations that are themselves recorded.
   * A kernel without one throws when it stands in a differentiated path: never a silent zero.
   */
  gradient?: {
    inputs: string[];
    /** Which outputs to keep for `run` below. */
    outputs: boolean[];
    run(outputGradients: Tensor[], saved: Tensor[], settings: Record<string, number>): Record<string, () => Tensor>;
  };
};

function runOperation(name: string, attributes: Attribute[], inputs: TensorInfo[], outputs: number): Tensor[] {
  return backend().executeMultipleOutputs(name, attributes, inputs, outputs);
}

/**
 * Makes one of TensorFlow's fused operations a kernel of tfjs, so that the tape records it.
 *
 * Custom gradients over raw operations would not be recorded, and a second-order gradient beside a skip path
 * would then be wrong in silence.
 */
export function defineKernel({ name, run, gradient }: Kernel) {
  tf.registerKernel({
    kernelName: name,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => run(inputs as Record<string, TensorInfo>, (attrs ?? {}) as Record<string, number>, runOperation),
  });
  if (gradient) {
    tf.registerGradient({
      kernelName: name,
      inputsToSave: gradient.inputs,
      outputsToSave: gradient.outputs,
      gradFunc: (outputGradients, saved, attrs) => gradient.run(
        Array.isArray(outputGradients) ? outputGradients : [outputGradients], saved, (attrs ?? {}) as Record<string, number>,
      ),
    });
  }
  return (inputs: Record<string, Tensor>, settings: Record<string, number> = {}): Tensor[] => {
    const outputs = tf.engine().runKernel(name, inputs as never, settings as never) as Tensor | Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  };
}

/** The file that runs TensorFlow.js in a browser, with no other file. */
export function browserBundle(): string {
  return load.resolve('@tensorflow/tfjs/dist/tf.min.js');
}

/** Versions of what computes, for logs and the About window. */
export function tensorFlowVersions(): { tfjs: string; libtensorflow: string } {
  return { tfjs: tf.version['tfjs-node'] ?? tf.version['tfjs-core'], libtensorflow: nativeVersion() };
}

function nativeVersion(): string {
  const { TF_Version } = (tf.backend() as unknown as { binding: { TF_Version: string } }).binding;
  return TF_Version;
}
