/**
 * What the lab shows between two steps: fakes and the gradients at them, D's outputs over the plane, G's
 * manifold.
 */
import type { LabFrame } from '../contract/index.ts';
import { latentSpace, partsOf } from '../explore/index.ts';
import { forward } from '../layers/index.ts';
import { tf, type TensorContainer, type Tensors } from '../tensor.ts';
import {
  generatorPhase,
  memoryName,
  networkOf,
  partOf,
  playerAs,
  traced,
  watchedTurn,
  weightName,
  type Rules,
  type Session,
  type StepInput,
} from '../training/index.ts';
import { heatOf } from './heat.ts';
import { meshOf } from './mesh.ts';
import { numbersOf } from './numbers.ts';

type TrainedGan = { session: Session; rules: Rules };

/**
 * What is shown on the plane beside the real points, [batch, 2]; the fakes are made from `z`, [batch, z].
 * Changes nothing.
 */
export function frameOf({
  session,
  rules,
  real,
  z,
}: TrainedGan & { real: Float32Array; z: Float32Array }): Pick<
  LabFrame,
  'fakes' | 'gradients' | 'heat' | 'manifold'
> {
  const { config } = session;
  const state = session.read(weightName(''), memoryName(''));
  const judge = playerAs('discriminator', rules);
  const input = session.inputsOf({ step: session.step, images: real });
  const space = latentSpace(rules.sources);
  const shown = partsOf(space, z);
  try {
    const made = fakesWithGradients({
      rules,
      state,
      input: { ...input, inputs: { ...input.inputs, ...shown } },
    });
    const { z: latent, ...size } = meshOf(space);
    return {
      ...made,
      heat: heatOf({
        config,
        discriminator: networkOf(rules, judge),
        weights: partOf(state, weightName(judge, '')),
        real,
        fakes: made.fakes,
      }),
      manifold: { points: generated({ rules, state, z: latent }), ...size },
    };
  } finally {
    tf.dispose([state, shown, input] as TensorContainer);
  }
}

/** G's points of these latent points, [n, z]. */
export function samplesOf({ session, rules, z }: TrainedGan & { z: Float32Array }): Float32Array {
  const state = session.read(weightName(playerAs('generator', rules), ''));
  const points = generated({ rules, state, z });
  tf.dispose(state);
  return points;
}

/** In one go, as points are small: [n, z] -> [n, 2]. */
function generated({
  rules,
  state,
  z,
}: {
  rules: Rules;
  state: Tensors;
  z: Float32Array;
}): Float32Array<ArrayBuffer> {
  const maker = playerAs('generator', rules);
  const weights = partOf(state, weightName(maker, ''));
  return numbersOf(
    () =>
      forward({
        network: networkOf(rules, maker),
        weights,
        mode: 'inference',
        inputs: partsOf(latentSpace(rules.sources), z),
      }).outputs['image']!,
  );
}

/**
 * The fakes of a batch, and the gradient of what G minimises with respect to each, from G's own turn on that
 * batch.
 */
function fakesWithGradients(given: {
  rules: Rules;
  state: Tensors;
  input: StepInput;
}): Pick<LabFrame, 'fakes' | 'gradients'> {
  const { rules } = given;
  const phase = generatorPhase(rules);
  return watchedTurn({ ...given, input: () => given.input, phase }, ({ passes }) => {
    const { value, gradient } = traced(passes, {
      rules,
      network: playerAs('generator', rules),
      output: 'image',
    });
    return {
      fakes: numbersOf(() => tf.clone(value)),
      gradients: numbersOf(() => (gradient ? tf.clone(gradient) : tf.zerosLike(value))),
    };
  });
}
