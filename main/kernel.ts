/** Operations of TensorFlow that tfjs lacks, as kernels with gradients of both orders. */
import { named, tf, type Tensor, type TensorInfo } from './tensor.ts';

/** Attributes of a kernel, besides its inputs. */
export type Settings = Record<string, number | number[]>;

/** A kernel with named inputs and outputs, and its gradient. */
export type Kernel<
  Input extends string,
  Output extends string,
  Options extends Settings,
  Kept extends string,
> = {
  name: string;
  inputs: readonly Input[];
  /** In TensorFlow's order. */
  outputs: readonly Output[];
  /** Runs TensorFlow's operation. */
  run(inputs: Record<Input, TensorInfo>, settings: Options): Record<Output, Tensor>;
  /**
   * Computes the gradients of the inputs from those of the outputs, with operations that the tape records.
   * Differentiating through a kernel without a gradient throws; it is never a silent zero.
   */
  gradient?: {
    /**
     * Inputs and outputs to save for `run`. tfjs cuts saved outputs off from its tape, so a second-order
     * gradient takes them for constants.
     */
    keeps: readonly Kept[];
    run(
      outputGradients: Record<Output, Tensor>,
      kept: Record<Kept, Tensor>,
      settings: Options,
    ): Partial<Record<Input, () => Tensor>>;
  };
};

/** A kernel as a function. A kernel whose gradient calls itself needs this type declared explicitly. */
export type KernelCall<
  Input extends string,
  Output extends string,
  Options extends Settings = Record<string, never>,
> = (inputs: Record<Input, Tensor>, settings: Options) => Record<Output, Tensor>;

/**
 * Makes one of TensorFlow's operations a kernel of tfjs, so that the tape records it.
 *
 * A custom gradient over raw operations would not be recorded, and a second-order gradient beside a skip
 * connection would then be silently wrong.
 */
export function defineKernel<
  const Input extends string,
  const Output extends string,
  Options extends Settings = Record<string, never>,
  const Kept extends Input | Output = never,
>({
  name,
  inputs: inputNames,
  outputs: outputNames,
  run,
  gradient,
}: Kernel<Input, Output, Options, Kept>): KernelCall<Input, Output, Options> {
  tf.registerKernel({
    kernelName: name,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs }) {
      const outputs = run(inputs as Record<Input, TensorInfo>, attrs as Options);
      return outputNames.map((output) => outputs[output]);
    },
  });
  if (gradient) registerGradient({ name, inputs: inputNames, outputs: outputNames, gradient });
  return (inputs, settings) => {
    const outputs = tf.engine().runKernel(name, inputs as never, settings as never) as Tensor | Tensor[];
    return named(outputNames, [outputs].flat());
  };
}

function registerGradient<
  Input extends string,
  Output extends string,
  Options extends Settings,
  Kept extends Input | Output,
>({
  name,
  inputs: inputNames,
  outputs: outputNames,
  gradient,
}: Pick<Kernel<Input, Output, Options, Kept>, 'name' | 'inputs' | 'outputs'> & {
  gradient: NonNullable<Kernel<Input, Output, Options, Kept>['gradient']>;
}): void {
  const kept = new Set<string>(gradient.keeps);
  const keptInputs = inputNames.filter((input) => kept.has(input));
  const keptOutputs = outputNames.filter((output) => kept.has(output));
  tf.registerGradient({
    kernelName: name,
    inputsToSave: keptInputs,
    outputsToSave: outputNames.map((output) => kept.has(output)),
    gradFunc: (outputGradients, saved, attrs) =>
      gradient.run(
        named(outputNames, [outputGradients].flat()),
        named([...keptInputs, ...keptOutputs], saved) as Record<Kept, Tensor>,
        attrs as Options,
      ) as Record<string, () => Tensor>,
  });
}
