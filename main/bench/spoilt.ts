/**
 * Measures KID while a run trains, when it should fall, and after its generator is spoilt, when it should
 * rise.
 */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import { seedTensor, stepRandom } from '../step-random.ts';
import { tf, type Tensors } from '../tensor.ts';
import { kidOf } from './kid.ts';
import { shortRun, type Resources } from './short-run.ts';

const STEPS = [50, 300, 900];
/**
 * The standard deviation of the noise on a weight, as a multiple of that of the tensor that the weight
 * belongs to.
 */
const NOISE = [0.25, 0.5, 1];

const { dataset } = DEFAULT_RUN_CONFIG;
const CASES: Readonly<Record<string, RunConfig>> = {
  digits: DEFAULT_RUN_CONFIG,
  emoji: {
    ...DEFAULT_RUN_CONFIG,
    dataset: {
      source: { kind: 'built-in', name: 'emoji' },
      options: { ...dataset.options, size: 32, colour: 'rgb' },
      leftOut: [],
    },
  },
};

/** Yields a line for each of STEPS, and for the last of them also with noise of each size on the weights. */
export async function* benchSpoilt(resources: Resources): AsyncGenerator<object> {
  for (const [name, config] of Object.entries(CASES))
    for (const steps of STEPS) yield* await measured({ name, config: { ...config, steps } }, resources);
}

async function measured(
  { name, config }: { name: string; config: RunConfig },
  resources: Resources,
): Promise<object[]> {
  return shortRun({ config, take: () => undefined }, resources, async ({ session, config: complete }) => {
    const line = { case: name, steps: config.steps };
    const lines: object[] = [{ ...line, noise: 0, ...(await kidOf(session.model, complete, resources)) }];
    if (config.steps !== STEPS.at(-1)) return lines;
    for (const noise of NOISE) {
      const model = spoilt(session.model, noise);
      lines.push({ ...line, noise, ...(await kidOf(model, complete, resources)) });
      tf.dispose(model.weights);
    }
    return lines;
  });
}

/**
 * The model with noise on every weight except variances, which must stay positive. The caller disposes of its
 * weights.
 */
function spoilt(model: Model, noise: number): Model {
  const random = stepRandom(seedTensor({ seed: 1, stream: 'step', step: 0 }));
  const shaken = (weights: Tensors): Tensors =>
    Object.fromEntries(
      Object.entries(weights).map(([weight, value]) => [
        weight,
        tf.tidy(() => {
          if (weight.endsWith('/variance')) return tf.clone(value);
          const deviation = tf.sqrt(tf.moments(value).variance);
          return tf.add(value, tf.mul(tf.mul(random.normal(value.shape), noise), deviation));
        }),
      ]),
    );
  const weights = Object.entries(model.weights).map(([player, own]) => [player, shaken(own)] as const);
  return { ...model, weights: Object.fromEntries(weights) };
}
