import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { discriminatorTurn } from '../gans/one-against-one.ts';
import { activation, conv, dense, dropout, flatten, noise, reshape, type Network } from '../layers/index.ts';
import { randomUniform } from '../random.ts';
import { tf, withBinding, type Scalar, type Tensor } from '../tensor.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../runs/checkpoint-file.ts';
import type { Checkpoint } from '../runs/index.ts';
import type { Objective, PlayedPhase, Players, Turn } from '../game/index.ts';
import { updatesUpTo } from './programs.ts';
import { rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { firstState } from './state.ts';
import { trainStep, type Rules } from './step.ts';

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  batch: 8,
  z: { size: 8, distribution: 'normal' },
  seed: 3,
};
const opened: Session[] = [];
afterEach(() => opened.splice(0).forEach((session) => session.dispose()));

function open(rules: Rules): Session {
  const session = new Session(config, undefined, { rules });
  opened.push(session);
  return session;
}

const batch = (step: number) => ({
  images: randomUniform({ seed: 1, stream: 'order', step }, config.batch * 28 * 28),
});
const lossesOf = (session: Session, steps: number) =>
  Array.from({ length: steps }, (_, step) => session.takeStep(batch(step)).losses);

/** A gan that no catalogue has: noise and dropout in it, and layers that the DCGAN does not have. */
const generator: Network = {
  inputs: { z: [8] },
  layers: [
    dense('a', { units: 28 * 28, bias: true }),
    activation('b', { function: 'swish' }),
    dropout('c', { rate: 0.2 }),
    reshape('d', { shape: [28, 28, 1] }),
    activation('image', { function: 'tanh' }),
  ],
  outputs: { image: 'image' },
};
const discriminator: Network = {
  inputs: { image: [28, 28, 1] },
  layers: [
    noise('a', { scale: 0.1 }),
    conv('b', { filters: 4, kernel: 4, stride: 2, bias: true }),
    activation('c', { function: 'leaky-relu' }),
    conv('d', { filters: 8, kernel: 4, stride: 2, bias: true }),
    activation('e', { function: 'leaky-relu' }),
    flatten('f', {}),
    dense('verdict', { units: 1, bias: true }),
  ],
  outputs: { logit: 'verdict' },
};

/** A loss that no catalogue has, in plain tfjs. */
const cubic: Objective = {
  discriminator: ({ real, fake }) =>
    tf.mean(tf.add(tf.pow(tf.abs(tf.sub(real, 1)), 3), tf.pow(tf.abs(fake), 3))),
  generator: ({ fake }) => tf.mean(tf.pow(tf.abs(tf.sub(fake, 1)), 3)),
  encoder: ({ real }) => tf.mean(tf.pow(tf.abs(real), 3)),
};
const players: Players = {
  generator: { role: 'generator', network: generator },
  discriminator: { role: 'discriminator', network: discriminator },
};
const own: Rules = { ...rulesOf(config), players, loss: cubic };

/** How many operations run one by one while `work` runs. */
function operationsIn(work: () => void): number {
  let operations = 0;
  withBinding(
    (binding) => ({
      executeOp: (...given) => {
        operations += 1;
        return binding.executeOp(...given);
      },
    }),
    work,
  );
  return operations;
}

/** The losses of op by op, on the session's own inputs: the reference of every compiled step. */
function opByOp(rules: Rules, session: Session, steps: number): Record<string, number>[] {
  let state = firstState(rules, config.seed);
  return Array.from({ length: steps }, (_, step) => {
    const result = trainStep(rules, state, session.inputsOf({ step, ...batch(step) }));
    state = { ...state, ...result.state };
    return Object.fromEntries(
      Object.entries(result.losses).map(([name, loss]) => [name, loss.dataSync()[0]!]),
    );
  });
}

function expectEqual(compiled: Record<string, number>[], reference: Record<string, number>[]): void {
  compiled.forEach((losses, step) => {
    expect(Object.keys(losses)).toEqual(Object.keys(reference[step]!));
    for (const [name, loss] of Object.entries(losses)) {
      expect(
        Math.abs(loss - reference[step]![name]!) / Math.max(1, Math.abs(loss)),
        `${name} of step ${step}`,
      ).toBeLessThan(1e-5);
    }
  });
}

describe('a gan and a loss that only this test knows', () => {
  test('train as one graph: no operation runs by itself', () => {
    const session = open(own);
    const real = batch(0);
    expect(operationsIn(() => session.takeStep(real))).toBe(0);
    expect(session.step).toBe(1);
  });

  test('give the losses of op by op, dropout and noise included', () => {
    const session = open(own);
    expectEqual(lossesOf(session, 10), opByOp(own, session, 10));
  });
});

const judge = (run: Turn['run'], image: Tensor) => run('discriminator', { image })['logit']!;
/** Wasserstein with gradient penalty: its gradient is of second order. */
const critic: PlayedPhase = {
  name: 'discriminator',
  moves: ['discriminator'],
  roles: ['discriminator'],
  everySteps: 1,
  minimises({ inputs: { real, z }, run, random }) {
    const fake = run('generator', { z: z! })['image']!;
    const share = random.uniform([config.batch, 1, 1, 1]);
    const slope = tf.grad((image: Tensor) => tf.sum(judge(run, image)))(
      tf.add(tf.mul(share, real!), tf.mul(tf.sub(1, share), fake)),
    );
    const norm = tf.sqrt(tf.sum(tf.square(slope), [1, 2, 3]));
    return tf.add(
      tf.sub(tf.mean(judge(run, fake)), tf.mean(judge(run, real!))),
      tf.mul(10, tf.mean(tf.square(tf.sub(norm, 1)))),
    ) as Scalar;
  },
};
const follower: PlayedPhase = {
  name: 'generator',
  moves: ['generator'],
  roles: ['generator'],
  everySteps: 1,
  minimises: ({ inputs: { z }, run }) => tf.neg(tf.mean(judge(run, run('generator', { z: z! })['image']!))),
};

test('WGAN-GP compiled equals op by op to 1e-5 in losses over 20 steps', () => {
  const rules: Rules = { ...own, phases: [critic, follower] };
  const session = open(rules);
  expectEqual(lossesOf(session, 20), opByOp(rules, session, 20));
});

test('a step takes the phases that are due, each set of them as a graph of its own', () => {
  const rules: Rules = {
    ...own,
    phases: [
      { ...critic, everySteps: 1 },
      { ...follower, everySteps: 3 },
    ],
  };
  const session = open(rules);
  const losses = lossesOf(session, 5);
  expect(losses.map((step) => Object.keys(step).join())).toEqual([
    'discriminator,generator',
    'discriminator',
    'discriminator',
    'discriminator,generator',
    'discriminator',
  ]);
  expectEqual(losses, opByOp(rules, session, 5));
});

test('a step whose generator’s gradient is NaN is refused as a whole, though the discriminator’s was fine', () => {
  // The root's derivative at 0 is infinite: the loss adds 0, and its gradient is 0 times infinity.
  const poisoned: PlayedPhase = {
    ...follower,
    minimises(turn) {
      const loss = follower.minimises(turn);
      return tf.add(
        loss,
        tf.sqrt(tf.square(tf.mul(loss, tf.relu(tf.sub(5, tf.max(turn.inputs['real']!)))))),
      ) as Scalar;
    },
  };
  const normed = ganOf('dcgan').players({
    options: { width: 4 },
    image: { size: 28, channels: 1 },
    z: { size: 8, distribution: 'normal' },
    nodes: 1,
    classes: 0,
  });
  const session = open({
    ...own,
    players: normed,
    phases: [{ ...critic, minimises: discriminatorTurn.minimises }, poisoned],
  });
  session.takeStep(batch(0));
  const before = session.checkpoint();
  const bright = batch(1);
  bright.images[0] = 6;
  expect(() => session.takeStep(bright)).toThrow(
    /Losses or gradients were NaN or infinite \(discriminator: loss [\d.]+, squared gradient [\d.e-]+; generator: loss -?[\d.]+, squared gradient NaN/,
  );
  expect(session.checkpoint()).toEqual(before);
  expect(session.takeStep(batch(1))).toBeDefined();
});

/** R1 as a phase of its own: it does not depend on the last bias. */
const slopePenalty: PlayedPhase = {
  name: 'penalty',
  moves: ['discriminator'],
  roles: ['discriminator'],
  everySteps: 2,
  minimises: ({ inputs: { real }, run }) =>
    tf.mean(tf.sum(tf.square(tf.grad((image: Tensor) => tf.sum(judge(run, image)))(real!)), [1, 2, 3])),
};

test('two phases may move one network, and one of them may not depend on all of its weights', () => {
  const rules: Rules = { ...own, phases: [critic, slopePenalty, follower] };
  const session = open(rules);
  const losses = lossesOf(session, 4);
  expect(Object.keys(losses[0]!)).toEqual(['discriminator', 'penalty', 'generator']);
  expectEqual(losses, opByOp(rules, session, 4));
  const counted = { phases: rules.phases, player: 'discriminator' };
  expect([0, 1, 2, 3].map((step) => updatesUpTo({ ...counted, phase: critic, step }))).toEqual([1, 3, 4, 6]);
  expect([0, 2].map((step) => updatesUpTo({ ...counted, phase: slopePenalty, step }))).toEqual([2, 5]);
});

test('phases of which none is due at some step are refused', () => {
  expect(() =>
    open({
      ...own,
      phases: [
        { ...critic, everySteps: 2 },
        { ...follower, everySteps: 2 },
      ],
    }),
  ).toThrow('No phase is due at step 1');
});

test('with RMSProp, a cosine, clipping, dropout, noise and two frequencies, a resumed session goes on bit for bit', () => {
  const settings: RunConfig = {
    ...config,
    optimizer: {
      ...config.optimizer,
      kind: 'rmsprop',
      options: { momentum: 0.5 },
      schedule: { kind: 'cosine', from: 1, over: 6, floor: 0.1 },
      clip: 0.5,
    },
  };
  const rules: Rules = {
    ...rulesOf(settings),
    players: own.players,
    phases: [critic, { ...follower, everySteps: 3 }],
  };
  const start = (...given: [RunConfig, Checkpoint?]) => {
    const session = new Session(given[0], given[1], { rules });
    opened.push(session);
    return session;
  };
  const whole = start(settings);
  for (let step = 0; step < 4; step++) whole.takeStep(batch(step));
  const resumed = start(settings, decodeCheckpoint(encodeCheckpoint(whole.checkpoint()), 'memory'));
  for (let step = 4; step < 8; step++)
    expect(resumed.takeStep(batch(step))).toEqual(whole.takeStep(batch(step)));
  expect(resumed.checkpoint()).toEqual(whole.checkpoint());
});

test('learning rates change from step to step without another graph', () => {
  const schedule = { kind: 'linear', from: 0, over: 4, floor: 0 } as const;
  const session = new Session({ ...config, optimizer: { ...config.optimizer, schedule } }, undefined, {
    rules: own,
  });
  opened.push(session);
  const moved = Array.from({ length: 6 }, (_, step) => {
    const before = session.checkpoint().tensors;
    session.takeStep(batch(step));
    const after = session.checkpoint().tensors;
    const name = 'weights/generator/a/kernel';
    return Math.max(
      ...after[name]!.values.map((value, index) => Math.abs(value - before[name]!.values[index]!)),
    );
  });
  expect(moved[1]).toBeGreaterThan(moved[3]!);
  expect(moved.slice(4)).toEqual([0, 0]);
});
