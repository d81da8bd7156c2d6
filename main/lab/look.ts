/**
 * What there is to see of a GAN on points of the plane, between two steps: fakes and where they are pulled,
 * D's answers, G's manifold.
 */
import type { LabFrame } from '../contract/index.ts';
import { forward } from '../layers/index.ts';
import { tf, type TensorContainer, type Tensors } from '../tensor.ts';
import {
  generatorPhase,
  memoryName,
  networkOf,
  partOf,
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

const G = 'generator';
const D = 'discriminator';

type Network = { session: Session; rules: Rules };

/**
 * What is seen on the plane beside the real points, [batch, 2]; the fakes are those of `z`, [batch, z].
 * Changes nothing.
 */
export function lookAt({
  session,
  rules,
  real,
  z,
}: Network & { real: Float32Array; z: Float32Array }): Pick<
  LabFrame,
  'fakes' | 'gradients' | 'heat' | 'manifold'
> {
  const { config } = session;
  const state = session.read(weightName(G, ''), weightName(D, ''), memoryName(''));
  const input = session.inputsOf({ step: session.step, images: real });
  const shown = tf.tensor2d(z, [config.batch, config.z.size]);
  try {
    const pulled = pulledFakes({ rules, state, input: { ...input, z: shown } });
    const { z: latent, ...size } = meshOf(config.z);
    return {
      ...pulled,
      heat: heatOf({
        config,
        discriminator: networkOf(rules, D),
        weights: partOf(state, weightName(D, '')),
        real,
        fakes: pulled.fakes,
      }),
      manifold: { points: generated({ rules, state, z: latent, zSize: config.z.size }), ...size },
    };
  } finally {
    tf.dispose([state, shown, ...Object.values(input)] as TensorContainer);
  }
}

/** G's points of these latent points, [n, z]. */
export function samplesOf({ session, rules, z }: Network & { z: Float32Array }): Float32Array {
  const state = session.read(weightName(G, ''));
  const points = generated({ rules, state, z, zSize: session.config.z.size });
  tf.dispose(state);
  return points;
}

/** In one go, as points are small: [n, z] -> [n, 2]. */
function generated({
  rules,
  state,
  z,
  zSize,
}: {
  rules: Rules;
  state: Tensors;
  z: Float32Array;
  zSize: number;
}): Float32Array<ArrayBuffer> {
  const weights = partOf(state, weightName(G, ''));
  return numbersOf(
    () =>
      forward({
        network: networkOf(rules, G),
        weights,
        mode: 'inference',
        inputs: { z: tf.tensor2d(z, [z.length / zSize, zSize]) },
      }).outputs['image']!,
  );
}

/**
 * The fakes of a batch, and the gradient of what G minimises with respect to each, from G's own turn on that
 * batch.
 */
function pulledFakes(given: {
  rules: Rules;
  state: Tensors;
  input: StepInput;
}): Pick<LabFrame, 'fakes' | 'gradients'> {
  const { rules } = given;
  const phase = generatorPhase(rules);
  return watchedTurn({ ...given, input: () => given.input, phase }, ({ passes }) => {
    const { value, gradient } = traced(passes, { rules, network: G, output: 'image' });
    return {
      fakes: numbersOf(() => tf.clone(value)),
      gradients: numbersOf(() => (gradient ? tf.clone(gradient) : tf.zerosLike(value))),
    };
  });
}
