import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { expectClose } from '../reference/index.ts';
import { completeConfig, rulesOf } from '../training/rules.ts';
import { Session } from '../training/session.ts';
import { firstState } from '../training/state.ts';
import { trainStep } from '../training/step.ts';
import { STABILISERS } from './index.ts';

const GANS = {
  mlp: { kind: 'mlp', options: { width: 8, depth: 1 } },
  dcgan: { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } },
};

function configOf(settings: Partial<RunConfig>): RunConfig {
  return completeConfig({ ...DEFAULT_RUN_CONFIG, batch: 8, z: { size: 8, distribution: 'normal' }, ...settings });
}

describe.each(STABILISERS.map(({ kind }) => kind))('%s', (kind) => {
  test.each(Object.keys(GANS) as (keyof typeof GANS)[])('trains %s, compiled as op by op', (gan) => {
    const config = configOf({ gan: GANS[gan], stabilisers: [{ kind, options: {} }] });
    const rules = rulesOf(config);
    const session = new Session(config);
    let state = firstState(rules, config.seed);
    for (let step = 0; step < 3; step++) {
      const batch = { images: randomUniform({ seed: 1, stream: 'order', step }, config.batch * 28 * 28) };
      const reference = trainStep(rules, state, session.inputsOf({ step, ...batch }));
      state = { ...state, ...reference.state };
      const { losses, measures } = session.takeStep(batch);
      for (const [turn, number] of Object.entries(losses)) expectClose([number], [reference.losses[turn]!.dataSync()[0]!], 1e-4);
      expect(Object.keys(measures)).toEqual(Object.keys(reference.reports));
      for (const [name, number] of Object.entries(measures)) expectClose([number], [reference.reports[name]!.dataSync()[0]!], 1e-4);
    }
    session.dispose();
  });
});
