/**
 * Runs work in bfloat16, numbers of 8 significant bits: the operations that gain by it take and give them,
 * while state, sums and D's output stay float32.
 *
 * It acts where operations reach TensorFlow, so that a step is rounded alike whether it runs op by op or is
 * recorded. Each result is cast back to float32, and its bfloat16 twin is remembered for the next operation.
 * In a recorded step, the graph merges equal casts and leaves out those that nothing takes.
 */
import { attribute, backend, type Attribute, type Handle, type Tensor, type TensorInfo } from '../tensor.ts';
import { BFLOAT16, kernelGradient, type Runner } from './kernel-gradient.ts';
import type { Id } from './record.ts';

/** The costly operations, with the indices of the inputs that each takes in bfloat16. */
const COSTLY: Readonly<Record<string, readonly number[]>> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  BatchMatMulV2: [0, 1],
};
/**
 * The same for the operations between these, which run in bfloat16 if their first input has a bfloat16 twin.
 */
const BETWEEN: Readonly<Record<string, readonly number[]>> = {
  BiasAdd: [0, 1],
  Relu: [0],
  ReluGrad: [0, 1],
  LeakyRelu: [0],
  LeakyReluGrad: [0, 1],
  // Scale, offset and statistics stay float32.
  FusedBatchNormV3: [0],
  FusedBatchNormGradV3: [0, 1],
  Identity: [0],
  Reshape: [0],
  Transpose: [0],
  DepthToSpace: [0],
  SpaceToDepth: [0],
};
/** A product with at most this many columns is D's output or a gradient of it: cheap, so it stays float32. */
const FEW = 2;
/** With fewer input channels than this, as images have, the gradient of a kernel is faster in float32. */
const FEWEST_CHANNELS = 8;

/** Runs `work`, in which the operations above compute in bfloat16. */
export function inBfloat16<Result>(work: () => Result): Result {
  const native = backend();
  const { executeSingleOutput, executeMultipleOutputs } = native;
  const twins = new Twins();
  native.executeMultipleOutputs = <Outputs extends Tensor[]>(...asked: Asked) =>
    executed(twins, asked).map((handle) => native.createOutputTensor(handle)) as Outputs;
  native.executeSingleOutput = (name, attributes, inputs) =>
    native.executeMultipleOutputs<[Tensor]>(name, attributes, inputs, 1)[0];
  try {
    return work();
  } finally {
    native.executeSingleOutput = executeSingleOutput;
    native.executeMultipleOutputs = executeMultipleOutputs;
    twins.free();
  }
}

type Asked = [name: string, attributes: Attribute[], inputs: TensorInfo[], count: number];

function executed(twins: Twins, [name, attributes, inputs, count]: Asked): Handle[] {
  const native = backend();
  const product = kernelGradient(name, attributes, inputs);
  const ids = native.getInputTensorIds(inputs);
  const takes = twins.has(ids[0]) ? (COSTLY[name] ?? BETWEEN[name]) : COSTLY[name];
  if (!takes || (name in COSTLY && staysPrecise(name, inputs)))
    return native.binding.executeOp(name, attributes, ids, count);
  const rounded = ids.map((id, index) => (takes.includes(index) ? twins.of(id) : id));
  if (product) return [twins.back(product(rounded, twins))];
  const typed = attributes.map((entry) => (entry.name === 'T' ? { ...entry, value: BFLOAT16 } : entry));
  return native.binding.executeOp(name, typed, rounded, count).map((made) => twins.back(made));
}

/**
 * Whether the operation stays in float32: it makes D's output or a gradient of it, or is slower in bfloat16.
 */
function staysPrecise(name: string, inputs: TensorInfo[]): boolean {
  const shapes = inputs.map(({ shape }) => shape);
  switch (name) {
    case 'BatchMatMulV2':
      return shapes.some((shape) => shape.slice(-2).some((size) => size <= FEW));
    case 'Conv2DBackpropFilter':
      return (shapes[2]?.at(-1) ?? 0) <= FEW || (shapes[0]?.at(-1) ?? 0) < FEWEST_CHANNELS;
    default:
      return (shapes[1]?.at(-1) ?? 0) <= FEW; // the kernel's outputs
  }
}

/** The bfloat16 twins of float32 tensors, by handle. */
class Twins implements Runner {
  private readonly twins = new Map<Id, Id>();
  /** Tensors made on the way, to be freed at the end. */
  private readonly made = new Set<Id>();

  has(id: Id | undefined): boolean {
    return id !== undefined && this.twins.has(id);
  }

  /** The twin of a float32 tensor; if there is none yet, a cast makes it. */
  of(id: Id): Id {
    const { TF_FLOAT } = backend().binding;
    const twin = this.twins.get(id) ?? this.run('Cast', castBetween(TF_FLOAT, BFLOAT16), [id]);
    this.twins.set(id, twin);
    return twin;
  }

  /** The output of an operation in float32; an output in bfloat16 is remembered as its twin. */
  back(made: Handle): Handle {
    if (made.dtype !== BFLOAT16) return made;
    this.made.add(made.id);
    const [wide] = backend().binding.executeOp(
      'Cast',
      castBetween(BFLOAT16, backend().binding.TF_FLOAT),
      [made.id],
      1,
    );
    if (!wide) throw new Error('TensorFlow’s Cast made nothing.');
    this.twins.set(wide.id, made.id);
    return wide;
  }

  run(name: string, attributes: Attribute[], inputs: Id[]): Id {
    const [made] = backend().binding.executeOp(name, attributes, inputs, 1);
    if (!made) throw new Error(`TensorFlow’s ${name} made nothing.`);
    this.made.add(made.id);
    return made.id;
  }

  free(): void {
    for (const id of this.made) backend().binding.deleteTensor(id);
  }
}

const castBetween = (from: number, to: number): Attribute[] => [
  attribute.type('SrcT', from),
  attribute.type('DstT', to),
  attribute.boolean('Truncate', false),
];
