/** KID while a run trains, and once its generator is spoilt: it is to fall, and to rise again. */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import { seedTensor, stepRandom } from '../step-random.ts';
import { tf, type Tensors } from '../tensor.ts';
import { kidOf } from './kid.ts';
import { shortRun, type Opened } from './short-run.ts';

const STEPS = [50, 300, 900];
/** Deviations of the noise on each weight, in deviations of the weights of its layer. */
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

/** A line for each of STEPS, and for the last of them with noise of each size on G's weights. */
export async function* benchSpoilt(opened: Opened): AsyncGenerator<object> {
  for (const [name, config] of Object.entries(CASES))
    for (const steps of STEPS) yield* await measured({ name, config: { ...config, steps } }, opened);
}

async function measured(
  { name, config }: { name: string; config: RunConfig },
  opened: Opened,
): Promise<object[]> {
  return shortRun({ config, take: () => undefined }, opened, async ({ session, config: complete }) => {
    const line = { case: name, steps: config.steps };
    const lines: object[] = [{ ...line, noise: 0, ...(await kidOf(session.model, complete, opened)) }];
    if (config.steps !== STEPS.at(-1)) return lines;
    for (const noise of NOISE) {
      const model = spoilt(session.model, noise);
      lines.push({ ...line, noise, ...(await kidOf(model, complete, opened)) });
      tf.dispose(model.weights);
    }
    return lines;
  });
}

/** The model with noise on every weight but variances, which stay positive; its weights are the caller's to free. */
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
