/**
 * Work in bfloat16, numbers of 8 significant bits: the operations that gain by it take and give them, and all that is
 * kept, summed up or judged stays float32.
 *
 * It stands where operations reach TensorFlow, so that a step that runs op by op and one that is recorded are rounded
 * alike. A result is cast back to float32, and its bfloat16 twin is remembered: the next operation takes the twin. Of a
 * recorded step, the graph merges equal casts and leaves out those that nothing takes.
 */
import { attribute, backend, type Attribute, type Handle, type Tensor, type TensorInfo } from '../tensor.ts';
import { BFLOAT16, kernelGradient, type Runner } from './kernel-gradient.ts';
import type { Id } from './record.ts';

/** Which of an operation's inputs it takes in bfloat16. */
const COSTLY: Readonly<Record<string, readonly number[]>> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  BatchMatMulV2: [0, 1],
};
/** The same for what stands between these, and runs in bfloat16 where its first input is there in it. */
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
/** With so few columns, a product is D's output, or the gradient of it: cheap, and precise. */
const FEW = 2;
/** From so few channels, such as those of pictures, the gradient of a kernel is quicker in float32. */
const FEWEST_CHANNELS = 8;

/** Runs `work`, in which these operations compute in bfloat16. */
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
  const rounded = ids.map((id, place) => (takes.includes(place) ? twins.of(id) : id));
  if (product) return [twins.back(product(rounded, twins))];
  const typed = attributes.map((entry) => (entry.name === 'T' ? { ...entry, value: BFLOAT16 } : entry));
  return native.binding.executeOp(name, typed, rounded, count).map((made) => twins.back(made));
}

/** Whether the operation is the one that makes D's output, or runs its gradient back; or loses by bfloat16. */
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
  /** What was made on the way, to be freed. */
  private readonly made = new Set<Id>();

  has(id: Id | undefined): boolean {
    return id !== undefined && this.twins.has(id);
  }

  /** The twin of a float32 tensor, cast where there is none yet. */
  of(id: Id): Id {
    const { TF_FLOAT } = backend().binding;
    const twin = this.twins.get(id) ?? this.run('Cast', castBetween(TF_FLOAT, BFLOAT16), [id]);
    this.twins.set(id, twin);
    return twin;
  }

  /** What an operation made, in float32. */
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
