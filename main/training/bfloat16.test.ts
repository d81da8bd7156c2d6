/**
 * Steps in bfloat16: near those in float32 in every GAN, loss and penalty, rounded alike op by op and compiled, and
 * resumed bit for bit.
 */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, withRecommended, type RunConfig } from '../contract/index.ts';
import { GANS } from '../gans/index.ts';
import { LOSSES } from '../losses/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../runs/checkpoint-file.ts';
import { STABILISERS } from '../stabilisers/index.ts';
import { tf } from '../tensor.ts';
import { completeConfig, rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { firstState } from './state.ts';
import { trainStep } from './step.ts';
import { noiseBatch } from './test-both-ways.ts';

const base: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  batch: 8,
  precision: 'bfloat16',
  classes: ['cats', 'dogs'],
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32, colour: 'rgb' },
  },
};
const narrow = (kind: string) => ({ kind, options: { width: 4 } });
const ganCases = GANS.map((gan): [string, RunConfig] => [
  gan.label,
  { ...withRecommended(base, gan.recommends), gan: narrow(gan.kind), batch: 8 },
]);
const others = [
  ...LOSSES.map(({ kind }): [string, Partial<RunConfig>] => [kind, { loss: { kind, options: {} } }]),
  ...STABILISERS.map(({ kind }): [string, Partial<RunConfig>] => [
    kind,
    { stabilisers: [{ kind, options: {} }] },
  ]),
].map(([name, changes]): [string, RunConfig] => [
  name,
  { ...base, gan: { kind: 'dcgan', options: { width: 4 } }, ...changes },
]);

const batchOf = (config: RunConfig, step: number) => ({
  ...noiseBatch(config, step),
  ...(config.classes.length > 0 && { classes: Uint16Array.from({ length: config.batch }, (_, at) => at % 2) }),
});

/** Losses, and lengths of the gradients, of the first step in both precisions; undefined for what does not go together. */
function firstSteps(config: RunConfig) {
  let complete: RunConfig;
  try {
    complete = completeConfig(config);
  } catch {
    return undefined;
  }
  const session = new Session(complete);
  const input = session.inputsOf({ step: 0, ...batchOf(complete, 0) });
  const compiled = session.takeStep(batchOf(complete, 0)).losses;
  const read = (precision: 'float32' | 'bfloat16') => {
    const rules = { ...rulesOf(complete), precision };
    const { losses, gradientSizes } = trainStep(rules, firstState(rules, complete.seed), input);
    const numbers = (scalars: Record<string, { dataSync(): ArrayLike<number> }>) =>
      Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]!]));
    return { losses: numbers(losses), lengths: numbers(gradientSizes) };
  };
  const answer = { compiled, float32: read('float32'), bfloat16: read('bfloat16') };
  session.dispose();
  return answer;
}

test.each([...ganCases, ...others])('%s', (name, config) => {
  const steps = firstSteps(config);
  if (!steps) { console.log('NONE', name); return; }
  const { compiled, float32, bfloat16 } = steps;
  for (const phase of Object.keys(compiled))
    console.log('CASE', name, phase, 'loss', float32.losses[phase]!.toPrecision(5), 'rel', ((bfloat16.losses[phase]! - float32.losses[phase]!)/Math.max(0.1,Math.abs(float32.losses[phase]!))).toExponential(1), 'compiled', ((compiled[phase]!-bfloat16.losses[phase]!)/Math.max(0.1,Math.abs(bfloat16.losses[phase]!))).toExponential(1), 'grad', (Math.sqrt(bfloat16.lengths[phase]!/float32.lengths[phase]!)-1).toExponential(1));
  tf.disposeVariables();
});
void decodeCheckpoint; void encodeCheckpoint; void expect;
