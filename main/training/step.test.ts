import { describe, expect, test } from 'vitest';
import { ganOf } from '../gans/index.ts';
import { forward, weightSpecs } from '../layers/index.ts';
import { lossOf } from '../losses/index.ts';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { adam, correctedRate, zeroMoments } from './adam.ts';
import { gradientWeights, takeTurn, trainStep, type Rules, type State } from './step.ts';

const BATCH = 4;
const Z = 8;
const SETTINGS = { learningRate: 2e-3, beta1: 0.5, beta2: 0.999 };
const gan = ganOf('dcgan');
const networks = gan.networks({ options: { width: 4 }, image: { size: 28, channels: 1 }, z: Z });
const rules: Rules = { networks, phases: gan.phases, loss: lossOf('non-saturating'), beta1: SETTINGS.beta1, beta2: SETTINGS.beta2 };

/** Weights as make_fixtures.py has them. */
function filledState(): State {
  const weights = Object.fromEntries(Object.entries(networks).map(([name, network]) => {
    let index = 0;
    const filled = weightSpecs(network).map((spec): [string, Tensor] => spec.movedBy === 'gradient'
      ? [spec.name, fill(spec.shape, index++, 0.1)]
      : [spec.name, tf.fill(spec.shape, 'value' in spec.initial ? spec.initial.value : 0)]);
    return [name, Object.fromEntries(filled)];
  }));
  const moments = Object.fromEntries(Object.entries(networks).map(([name, network]) =>
    [name, zeroMoments(Object.fromEntries(gradientWeights(network).map((weight) => [weight, weights[name]![weight]!])))]));
  return { weights, moments, average: weights['generator']! };
}

function input(step: number) {
  const rate = tf.scalar(correctedRate(SETTINGS, step + 1));
  return {
    real: fill([BATCH, 28, 28, 1], 10 + step, 1), z: fill([BATCH, Z], 20 + step, 1),
    rates: { discriminator: rate, generator: rate }, averaging: tf.scalar(0.9),
  };
}

describe('a training step', () => {
  test('two steps of DCGAN equal PyTorch in losses and in every weight', () => {
    let state = filledState();
    for (const [step, reference] of pytorch.dcganSteps.losses.entries()) {
      const result = trainStep(rules, state, input(step));
      expectClose(result.losses['discriminator']!, [reference.discriminator]);
      expectClose(result.losses['generator']!, [reference.generator]);
      state = result.state;
    }
    for (const [name, sums] of Object.entries(pytorch.dcganSteps.weights)) {
      gradientWeights(networks[name]!).forEach((weight, index) => {
        const tensor = state.weights[name]![weight]!;
        expectClose([tf.sum(tensor).dataSync()[0]!, tf.sum(tf.square(tensor)).dataSync()[0]!], sums[index]!, 2e-3);
      });
    }
  });

  test("the discriminator does not move in the generator's turn, nor the generator in the discriminator's", () => {
    for (const [still, phase] of [['discriminator', 'generator'], ['generator', 'discriminator']] as const) {
      const before = filledState();
      const { rates, ...rest } = input(0);
      const { state: after } = trainStep(rules, before, { ...rest, rates: { [phase]: rates[phase] } });
      expect(changed(before.weights[still]!, after.weights[still]!)).toEqual([]);
      expect(changed(before.weights[phase]!, after.weights[phase]!)).toEqual(Object.keys(before.weights[phase]!));
    }
  });

  test("the generator's gradient equals a numeric derivative through the discriminator", () => {
    const { weights } = filledState();
    const { real, z } = input(0);
    const phase = gan.phases.find(({ name }) => name === 'generator')!;
    const { gradients } = takeTurn({ phase, networks, weights, real, z, loss: rules.loss });
    const lossWith = (bias: number) => {
      const moved = { ...weights['generator']!, 'to-image/bias': tf.tensor1d([bias]) };
      const image = forward({ network: networks['generator']!, weights: moved, inputs: { z }, mode: 'training' }).outputs['image']!;
      const { verdict } = forward({ network: networks['discriminator']!, weights: weights['discriminator']!, inputs: { image }, mode: 'training' }).outputs;
      return rules.loss.generator({ fake: verdict! }).dataSync()[0]!;
    };
    const bias = weights['generator']!['to-image/bias']!.dataSync()[0]!;
    const slope = (lossWith(bias + 0.001) - lossWith(bias - 0.001)) / 0.002;
    expectClose(gradients['to-image/bias']!, [slope], 2e-2);
  });

  test('the average follows the generator by its decay', () => {
    const before = filledState();
    const { state: after } = trainStep(rules, before, input(0));
    const name = 'to-image/kernel';
    const expected = tf.add(tf.mul(before.average[name]!, 0.9), tf.mul(after.weights['generator']![name]!, 0.1));
    expectClose(after.average[name]!, Array.from(expected.dataSync()));
  });
});

test('Adam equals PyTorch over five updates', () => {
  let weights: Tensors = { weight: fill([6], 0) };
  let moments = zeroMoments(weights);
  pytorch.adam.forEach((reference, update) => {
    const rate = tf.scalar(correctedRate({ learningRate: 0.01, beta1: 0.5, beta2: 0.999 }, update + 1));
    ({ weights, moments } = adam({ weights, gradients: { weight: fill([6], 1 + update) }, moments, rate, beta1: 0.5, beta2: 0.999 }));
    expectClose(weights['weight']!, reference);
  });
});

/** Names whose numbers differ. */
function changed(before: Tensors, after: Tensors): string[] {
  return Object.keys(before).filter((name) => before[name]!.dataSync().some((value, index) => value !== after[name]!.dataSync()[index]));
}
