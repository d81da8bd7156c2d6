/** Operations of TensorFlow that tfjs lacks, as kernels with gradients of both orders. */
import { named, tf, type Tensor, type TensorInfo } from './tensor.ts';

/** What a kernel of ours takes besides its inputs. */
export type Settings = Record<string, number | number[]>;

/** What a kernel of ours does, and what its gradient is made of. Its inputs and outputs have names. */
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
   * From the gradients of the outputs to those of the inputs, in operations that are themselves recorded.
   * A kernel without one throws when it stands in a differentiated path: never a silent zero.
   */
  gradient?: {
    /**
     * Inputs and outputs to keep for `run`. tfjs cuts outputs off from its tape: a second-order gradient
     * takes them for constants.
     */
    keeps: readonly Kept[];
    run(
      outputGradients: Record<Output, Tensor>,
      kept: Record<Kept, Tensor>,
      settings: Options,
    ): Partial<Record<Input, () => Tensor>>;
  };
};

/** A kernel of ours as a function. One whose gradient calls it must be declared to be one. */
export type KernelCall<
  Input extends string,
  Output extends string,
  Options extends Settings = Record<string, never>,
> = (inputs: Record<Input, Tensor>, settings: Options) => Record<Output, Tensor>;

/**
 * Makes one of TensorFlow's fused operations a kernel of tfjs, so that the tape records it.
 *
 * Custom gradients over raw operations would not be recorded, and a second-order gradient beside a skip path
 * would then be wrong in silence.
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
