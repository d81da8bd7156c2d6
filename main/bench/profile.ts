/**
 * Profiles a step: the time of each kind of operation, and how close those that multiply matrices come to the
 * machine's peak speed.
 */
import { drawPart } from '../explore/index.ts';
import { tf, withBinding, type Attribute, type Handle, type Shape, type Tensors } from '../tensor.ts';
import { firstState, trainStep } from '../training/index.ts';
import { caseOf, engineCase, openCase, realLength } from './engine-cases.ts';

const WARM_UP = 3;
const STEPS = 10;
const PEAK_SIDE = 1024;
const PEAK_TIMES = 40;

export type KernelFigure = {
  case: string;
  kernel: string;
  /** Calls in one step, op by op; the compiled graph merges or fuses some of them. */
  times: number;
  milliseconds: number;
  /** The share of the time of all operations. */
  share: number;
  /**
   * Its speed as a share of that in a product of two 1024 x 1024 matrices; only for what multiplies matrices.
   */
  shareOfPeak?: number;
};

/**
 * Every kind of operation of a step, the one with the most time first. Updates of weights are counted as
 * ordinary operations; in the compiled graph they are fused.
 */
export function profileStep(name: string): KernelFigure[] {
  const one = engineCase(name);
  const { rules, config } = caseOf(one);
  const session = openCase(one);
  const measured = listen((figures) => {
    const state = firstState(rules, config.seed);
    const real = drawPart(
      { size: realLength(one), distribution: 'uniform' },
      { seed: 1, stream: 'features', step: 0 },
      1,
    );
    for (let index = 0; index < WARM_UP + STEPS; index++) {
      if (index === WARM_UP) figures.clear();
      const inputs = session.inputsOf({ step: 0, images: real.slice() });
      const { state: after } = tf.tidy(() => trainStep(rules, state, inputs) as never) as { state: Tensors };
      tf.dispose([
        ...Object.values(after).filter((tensor) => !Object.values(state).includes(tensor)),
        inputs,
      ] as never);
    }
    tf.dispose(state);
  });
  session.dispose();
  const peak = peakSpeed();
  const whole = [...measured.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...measured]
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds)
    .map(([kernel, { times, milliseconds, operations }]) => ({
      case: name,
      kernel,
      times: times / STEPS,
      milliseconds: rounded(milliseconds / STEPS),
      share: rounded(milliseconds / whole),
      ...(operations > 0 ? { shareOfPeak: rounded(operations / milliseconds / peak) } : {}),
    }));
}

type OperationTime = { times: number; milliseconds: number; operations: number };

/** Times every operation that `work` runs, by name. It does not know the shapes of tensors made before. */
function listen(work: (figures: Map<string, OperationTime>) => void): Map<string, OperationTime> {
  const figures = new Map<string, OperationTime>();
  const shapes = new Map<number, Shape>();
  withBinding(
    (binding) => ({
      createTensor(shape, ...rest) {
        const id = binding.createTensor(shape, ...rest);
        shapes.set(id, shape);
        return id;
      },
      executeOp(kernel, ...rest) {
        const [attributes, inputs] = rest;
        const start = performance.now();
        const handles = binding.executeOp(kernel, ...rest);
        const milliseconds = performance.now() - start;
        for (const { id, shape } of handles) shapes.set(id, shape);
        const before = figures.get(kernel) ?? { times: 0, milliseconds: 0, operations: 0 };
        const operations = operationsOf({
          kernel,
          attributes,
          inputs: inputs.map((id) => shapes.get(id) ?? []),
          output: handles[0],
        });
        figures.set(kernel, {
          times: before.times + 1,
          milliseconds: before.milliseconds + milliseconds,
          operations: before.operations + operations,
        });
        return handles;
      },
    }),
    () => work(figures),
  );
  return figures;
}

/**
 * Multiplications and additions; 0 for what multiplies no matrices. A convolution takes 2 x height x width x
 * in of them for each number of the picture on the side with `out` channels; its kernel is [height, width,
 * in, out].
 */
function operationsOf({
  kernel,
  attributes,
  inputs,
  output,
}: {
  kernel: string;
  attributes: Attribute[];
  inputs: Shape[];
  output: Handle | undefined;
}): number {
  const convolution = (picture: Shape | undefined, weights: Shape | undefined) =>
    2 * product(picture ?? []) * product((weights ?? []).slice(0, 3));
  switch (kernel) {
    case 'Conv2D':
      return convolution(output?.shape, inputs[1]);
    case 'Conv2DBackpropInput':
      return convolution(inputs[2], inputs[1]);
    case 'Conv2DBackpropFilter':
      return convolution(inputs[2], output?.shape);
    case 'BatchMatMulV2': {
      const transposed = attributes.find(({ name }) => name === 'adj_x')?.value === true;
      return 2 * product(output?.shape ?? []) * (inputs[0]?.at(transposed ? -2 : -1) ?? 0);
    }
    default:
      return 0;
  }
}

/** Multiplications and additions a millisecond in the product of two large matrices, the best of many. */
function peakSpeed(): number {
  const matrix = tf.ones([PEAK_SIDE, PEAK_SIDE]);
  const best = Math.min(
    ...Array.from({ length: PEAK_TIMES }, () => {
      const start = performance.now();
      tf.matMul(matrix, matrix).dispose();
      return performance.now() - start;
    }),
  );
  matrix.dispose();
  return (2 * PEAK_SIDE ** 3) / best;
}

const product = (shape: Shape): number => shape.reduce((all, size) => all * size, 1);
const rounded = (value: number): number => Number(value.toFixed(3));
