/**
 * The gradient of a convolution's kernel in bfloat16 where feature maps are small: the product of the input's
 * patches and the output's gradient. oneDNN 2.7's own kernel takes as long for a few pixels as for many.
 */
import { attribute, backend, tf, type Attribute, type Handle, type TensorInfo } from '../tensor.ts';
import { idOf, type Id } from './record.ts';

/** TensorFlow's number of the type. */
export const BFLOAT16 = 14;
/** The most pixels of a small map; docs/performance.md has the times. */
const SMALL_MAP = 16;

/** Runs operations with one output, which it frees when the work is done. */
export type Runner = { run(name: string, attributes: Attribute[], inputs: Id[]): Id };

/**
 * Computes it from the bfloat16 twins of the operation's inputs. Undefined for other operations, and where
 * oneDNN's own kernel is faster.
 */
export function kernelGradient(
  name: string,
  attributes: Attribute[],
  [x, kernelShape, dy]: TensorInfo[],
): ((twins: Id[], runner: Runner) => Handle) | undefined {
  if (name !== 'Conv2DBackpropFilter' || !x || !kernelShape || !dy) return undefined;
  const [batch = 0, height = 0, width = 0, outputs = 0] = dy.shape;
  if (height * width > SMALL_MAP) return undefined;
  const shape = [...backend().readSync(kernelShape.dataId)];
  const [kernelHeight = 0, kernelWidth = 0, channels = 0] = shape;
  const rows = batch * height * width;
  const columns = kernelHeight * kernelWidth * channels;
  return ([xTwin = -1, , dyTwin = -1], runner) => {
    const patches = runner.run(
      'ExtractImagePatches',
      patchAttributes(attributes, [1, kernelHeight, kernelWidth, 1]),
      [xTwin],
    );
    const reshaped = (id: Id, to: number[]) => runner.run('Reshape', RESHAPES(), [id, numbers(to)]);
    const transposed = [attribute.boolean('transpose_a', true), attribute.boolean('transpose_b', false)];
    const product = runner.run(
      'MatMul',
      [attribute.type('T', BFLOAT16), ...transposed],
      [reshaped(patches, [rows, columns]), reshaped(dyTwin, [rows, outputs])],
    );
    return { id: reshaped(product, shape), shape, dtype: BFLOAT16 };
  };
}

const RESHAPES = () => [attribute.type('T', BFLOAT16), attribute.intType('Tshape')];

const numbers = (values: number[]): Id => idOf(tf.tensor1d(values, 'int32'));

/** The convolution's padding, strides and dilations, by the names that ExtractImagePatches has for them. */
function patchAttributes(attributes: Attribute[], ksizes: number[]): Attribute[] {
  const renamed = (from: string, name: string) =>
    attributes.filter((entry) => entry.name === from).map((entry) => ({ ...entry, name }));
  return [
    attribute.int('ksizes', ksizes),
    ...renamed('strides', 'strides'),
    ...renamed('dilations', 'rates'),
    attribute.type('T', BFLOAT16),
    ...renamed('padding', 'padding'),
  ];
}
