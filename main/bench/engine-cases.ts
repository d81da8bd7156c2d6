/**
 * The cases that the engine is measured on, with the networks, losses, batches and optimiser of
 * peer_torch.py.
 */
import { DEFAULT_RUN_CONFIG, type Precision, type RunConfig } from '../contract/index.ts';
import { type Rules, rulesOf, Session } from '../training/index.ts';

export type EngineCase = {
  name: string;
  model: 'dcgan64' | 'mlp28';
  loss: 'bce' | 'wgan-gp';
  width: number;
  batch: number;
};

export const ENGINE_CASES: readonly EngineCase[] = [
  { name: 'dcgan64-w16-b64', model: 'dcgan64', loss: 'bce', width: 16, batch: 64 },
  { name: 'dcgan64-w64-b32', model: 'dcgan64', loss: 'bce', width: 64, batch: 32 },
  { name: 'mlp28-w256-b64', model: 'mlp28', loss: 'bce', width: 256, batch: 64 },
  { name: 'wgan-gp-w16-b64', model: 'dcgan64', loss: 'wgan-gp', width: 16, batch: 64 },
];

/** The case of this name. Throws Error if there is none. */
export function engineCase(name: string): EngineCase {
  const found = ENGINE_CASES.find((one) => one.name === name);
  if (found) return found;
  throw new Error(`There is no case "${name}"; there are ${ENGINE_CASES.map((one) => one.name).join(', ')}.`);
}

/** Gulrajani et al. 2017; D then has no normalisation. */
const WASSERSTEIN = {
  loss: { kind: 'wasserstein', options: {} },
  stabilisers: [{ kind: 'gradient-penalty', options: { weight: 10 } }],
};

/** A session of this case at step 0. */
export function openCase(one: EngineCase, precision: Precision = 'float32'): Session {
  const { config, rules } = caseOf(one);
  return new Session(config, undefined, { rules: { ...rules, precision } });
}

/** The settings of this case, and the rules of its step. */
export function caseOf({ model, loss, width, batch }: EngineCase): { config: RunConfig; rules: Rules } {
  const size = model === 'dcgan64' ? 64 : 28;
  const { dataset } = DEFAULT_RUN_CONFIG;
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    batch,
    gan:
      model === 'dcgan64'
        ? { kind: 'dcgan', options: { width, ...(loss === 'bce' ? {} : { normalisation: 'none' }) } }
        : { kind: 'mlp', options: { width, depth: 2 } },
    ...(loss === 'bce' ? {} : WASSERSTEIN),
    dataset: {
      ...dataset,
      options: { ...dataset.options, size, colour: model === 'dcgan64' ? 'rgb' : 'grey' },
    },
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: 2e-4, generator: 2e-4 } },
  };
  return { config, rules: rulesOf(config) };
}

/** The count of numbers in a batch of real images. */
export function realLength({ model, batch }: EngineCase): number {
  return batch * (model === 'dcgan64' ? 64 * 64 * 3 : 28 * 28);
}
