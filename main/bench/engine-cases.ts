/** The work that the engine is measured on: the same networks, losses, batch and optimiser as peer_torch.py has. */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import type { Phase, Turn } from '../gans/index.ts';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Rules } from '../training/step.ts';
import { rulesOf } from '../training/rules.ts';
import { Session } from '../training/session.ts';

export type EngineCase = { name: string; model: 'dcgan64' | 'mlp28'; loss: 'bce' | 'wgan-gp'; width: number; batch: number };

export const ENGINE_CASES: readonly EngineCase[] = [
  { name: 'dcgan64-w16-b64', model: 'dcgan64', loss: 'bce', width: 16, batch: 64 },
  { name: 'dcgan64-w64-b32', model: 'dcgan64', loss: 'bce', width: 64, batch: 32 },
  { name: 'mlp28-w256-b64', model: 'mlp28', loss: 'bce', width: 256, batch: 64 },
  { name: 'wgan-gp-w16-b64', model: 'dcgan64', loss: 'wgan-gp', width: 16, batch: 64 },
];

/** A session of this case at step 0; its data are noise. */
export function openCase(one: EngineCase): Session {
  const { config, rules } = caseOf(one);
  return new Session(config, undefined, rules);
}

/** What this case trains. */
export function caseOf({ model, loss, width, batch }: EngineCase): { config: RunConfig; rules: Rules } {
  const size = model === 'dcgan64' ? 64 : 28;
  const { dataset } = DEFAULT_RUN_CONFIG;
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG, batch,
    gan: model === 'dcgan64' ? { kind: 'dcgan', options: { width } } : { kind: 'mlp', options: { width, depth: 2 } },
    dataset: { ...dataset, options: { ...dataset.options, size, colour: model === 'dcgan64' ? 'rgb' : 'grey' } },
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: 2e-4, generator: 2e-4 } },
  };
  const rules = rulesOf(config);
  return { config, rules: loss === 'bce' ? rules : withPenalty(rules) };
}

/** So many numbers a step. */
export function realLength({ model, batch }: EngineCase): number {
  return batch * (model === 'dcgan64' ? 64 * 64 * 3 : 28 * 28);
}

/** Wasserstein with gradient penalty 10, D without batch norm. Gulrajani et al. 2017. */
function withPenalty(rules: Rules): Rules {
  const { generator, discriminator } = rules.networks;
  const layers = discriminator!.layers.filter(({ kind }) => kind !== 'batch-norm');
  return { ...rules, networks: { generator: generator!, discriminator: { ...discriminator!, layers } }, phases: [criticTurn, wassersteinTurn] };
}

const judge = (run: Turn['run'], image: Tensor): Tensor => run('discriminator', { image })['verdict']!; // [batch, 1]

const criticTurn: Phase = {
  name: 'discriminator', moves: 'discriminator', everySteps: 1,
  minimises({ real, z, run, random }) {
    const fake = run('generator', { z })['image']!;
    const share = random.uniform([real.shape[0]!, 1, 1, 1]);
    const mix = tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
    const slope = tf.grad((image: Tensor) => tf.sum(judge(run, image)))(mix);
    const norm = tf.sqrt(tf.sum(tf.square(slope), [1, 2, 3])); // [batch]
    const penalty = tf.mul(10, tf.mean(tf.square(tf.sub(norm, 1))));
    return tf.add(tf.sub(tf.mean(judge(run, fake)), tf.mean(judge(run, real))), penalty) as Scalar;
  },
};

const wassersteinTurn: Phase = {
  name: 'generator', moves: 'generator', everySteps: 1,
  minimises: ({ z, run }) => tf.neg(tf.mean(judge(run, run('generator', { z })['image']!))),
};
