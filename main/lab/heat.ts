/** D's outputs on a grid over the plane, if D judges each point by itself. */
import type { LabFrame, RunConfig } from '../contract/index.ts';
import { forward, mixingOf, type Network } from '../layers/index.ts';
import type { Reading } from '../game/index.ts';
import { lossOf } from '../losses/index.ts';
import { scalarLogits } from '../stabilisers/index.ts';
import { tensorOf, tf, type Tensor, type Tensors } from '../tensor.ts';
import { numbersOf } from './numbers.ts';

type Heat = LabFrame['heat'];

/** Cells of the grid in each direction. */
const SIDE = 40;

/** Centres of the cells, [SIDE * SIDE, 1, 1, 2], row by row from the upper left. */
const CELLS = Float32Array.from({ length: SIDE * SIDE * 2 }, (_, index) => {
  const cell = index >> 1;
  const coordinate = (line: number) => (2 * line + 1) / SIDE - 1;
  return index % 2 === 0 ? coordinate(cell % SIDE) : -coordinate(Math.floor(cell / SIDE));
});

/**
 * D's outputs as the run's loss reads them. `real` and `fakes`, [n, 2], give the scale of outputs that only
 * compare.
 */
export function heatOf({
  config,
  discriminator,
  weights,
  real,
  fakes,
}: {
  config: RunConfig;
  discriminator: Network;
  weights: Tensors;
  real: Float32Array;
  fakes: Float32Array;
}): Heat {
  const reason = whyNot(discriminator);
  if (reason !== undefined) return { shown: false, reason };
  const loss = lossOf(config.loss.kind);
  const reading = loss.reading(loss.options.parse(config.loss.options));
  const outputsAt = (points: Float32Array) =>
    numbersOf(() => read(logitsOf({ discriminator, weights, points }), reading));
  const values = outputsAt(CELLS);
  const ends =
    reading.of === 'comparison'
      ? endsOf(values, [mean(outputsAt(real)), mean(outputsAt(fakes))])
      : reading.of === 'number'
        ? { real: reading.real, fake: reading.fake }
        : { real: 1, fake: 0 };
  return {
    shown: true,
    side: SIDE,
    values,
    of: reading.of === 'probability' ? 'probability' : 'logit',
    ...ends,
  };
}

function whyNot(discriminator: Network): string | undefined {
  const { image, ...others } = discriminator.inputs;
  if (!image || Object.keys(others).length > 0) return 'D does not judge points by themselves';
  const numbers = image.reduce((product, dimension) => product * dimension, 1);
  if (numbers !== 2) return `D judges ${numbers / 2} points together`;
  return mixingOf(discriminator)?.effect;
}

/** [n, nodes] */
function logitsOf({
  discriminator,
  weights,
  points,
}: {
  discriminator: Network;
  weights: Tensors;
  points: Float32Array;
}): Tensor {
  const image = tf.tensor4d(points, [points.length / 2, 1, 1, 2]);
  const { outputs } = forward({ network: discriminator, weights, inputs: { image }, mode: 'inference' });
  return tensorOf(outputs, 'logit');
}

/** [n] */
function read(logit: Tensor, { of }: Reading): Tensor {
  return of === 'probability' ? tf.sigmoid(scalarLogits(logit)) : scalarLogits(logit);
}

/**
 * The two ends of the scale for outputs that mean nothing on their own. Its middle lies halfway between the
 * mean outputs for real points and for fakes; the output farthest from it is at one end.
 */
function endsOf(values: Float32Array, [real, fake]: [number, number]): { real: number; fake: number } {
  const middle = (real + fake) / 2;
  const farthest = values.reduce((most, value) => Math.max(most, Math.abs(value - middle)), 0);
  return { real: middle + farthest, fake: middle - farthest };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
