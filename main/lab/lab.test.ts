import { afterEach, describe, expect, test } from 'vitest';
import { LAB_CONFIG, STUDY_POINTS, type Points, type RunConfig } from '../contract/index.ts';
import { forward } from '../layers/index.ts';
import { objectiveOf } from '../losses/index.ts';
import type { Checkpoint } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { rulesOf } from '../training/rules.ts';
import { Session } from '../training/session.ts';
import { partOf, weightName } from '../training/state.ts';
import { createLab, Lab } from './index.ts';

const config: RunConfig = {
  ...LAB_CONFIG,
  gan: { kind: 'mlp', options: { width: 8, depth: 2 } },
  batch: 16,
  seed: 3,
};
const opened: { dispose(): void }[] = [];
afterEach(() => opened.splice(0).forEach((each) => each.dispose()));

function open(changes: Partial<RunConfig> = {}): Lab {
  const lab = new Lab({ ...config, ...changes });
  opened.push(lab);
  return lab;
}

const sessionOf = (lab: Lab): Session => (lab as unknown as { session: Session }).session;
const on = (points: Points): RunConfig['dataset'] => ({
  ...config.dataset,
  source: { kind: 'points', points },
});
const steps = (lab: Lab, count: number, turn?: string) =>
  lab.frame({ steps: count, ...(turn !== undefined && { turn }) }).losses;
const wgan = {
  loss: { kind: 'wasserstein', options: {} },
  stabilisers: [{ kind: 'gradient-penalty', options: { weight: 0.1 } }],
};

/** Networks whose weights differ. */
function moved(before: Checkpoint, after: Checkpoint): string[] {
  const names = Object.keys(after.tensors).filter(
    (name) =>
      name.startsWith('weights/') &&
      after.tensors[name]!.values.some((value, index) => value !== before.tensors[name]!.values[index]),
  );
  return [...new Set(names.map((name) => name.split('/')[1]!))].sort();
}

describe('what a frame shows', () => {
  test.each([
    ['non-saturating', { loss: { kind: 'non-saturating', options: {} }, stabilisers: [] }],
    ['relativistic', { loss: { kind: 'relativistic-average', options: {} }, stabilisers: [] }],
    ['packed', { stabilisers: [{ kind: 'packing', options: { images: 2 } }] }],
  ])('the gradient at a fake is the numeric derivative of G’s loss there: %s', (_, changes) => {
    const lab = open(changes);
    const { fakes, gradients, real } = lab.frame({ steps: 3 });
    const rules = rulesOf(sessionOf(lab).config);
    const weights = partOf(
      sessionOf(lab).read(weightName('discriminator', '')),
      weightName('discriminator', ''),
    );
    const packed = sessionOf(lab).config.stabilisers.some(({ kind }) => kind === 'packing');
    const logit = (points: ArrayLike<number>) =>
      forward({
        network: rules.players['discriminator']!.network,
        weights,
        mode: 'training',
        inputs: {
          image: tf.tensor4d(
            Float32Array.from(points),
            packed ? [points.length / 4, 1, 1, 4] : [points.length / 2, 1, 1, 2],
          ),
        },
      }).outputs['logit']!;
    const loss = (points: ArrayLike<number>) =>
      objectiveOf(sessionOf(lab).config.loss)
        .generator({ fake: logit(points), real: logit(real) })
        .dataSync()[0]!;
    for (const moved of [0, 7, 20, 31]) {
      const shifted = (by: number) =>
        loss(fakes.map((value, index) => (index === moved ? value + by : value)));
      expect(gradients[moved]! * 16).toBeCloseTo(((shifted(0.004) - shifted(-0.004)) / 0.008) * 16, 2);
    }
    expect(Math.max(...gradients.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  test.each([
    ['a probability where the loss makes it one', {}, { of: 'probability', real: 1, fake: 0 }],
    ['two nodes too', { loss: { kind: 'two-node', options: {} } }, { of: 'probability', real: 1, fake: 0 }],
    [
      'between its labels',
      { loss: { kind: 'least-squares', options: { fake: -1, real: 3, target: 3 } } },
      { of: 'logit', real: 3, fake: -1 },
    ],
  ])('D’s output is %s', (_, changes, expected) => {
    const { heat } = open(changes).frame({ steps: 2 });
    expect(heat).toMatchObject({ shown: true, ...expected });
    if (!heat.shown) return;
    expect(heat.values).toHaveLength(heat.side ** 2);
    if (heat.of === 'probability') expect(heat.values.every((value) => value > 0 && value < 1)).toBe(true);
  });

  test('the scale of a critic’s scores is centred between those of real points and of fakes', () => {
    const { heat } = open(wgan).frame({ steps: 40, turn: 'discriminator' });
    if (!heat.shown) throw new Error(heat.reason);
    expect(heat.of).toBe('logit');
    expect(heat.real).toBeGreaterThan(heat.fake);
    expect(Math.min(...heat.values)).toBeGreaterThanOrEqual(heat.fake - 1e-3);
    expect(Math.max(...heat.values)).toBeLessThanOrEqual(heat.real + 1e-3);
  });

  test('a cell of the heat map is D’s output at its middle, the upper left one first', () => {
    const lab = open();
    const { heat } = lab.frame({ steps: 5 });
    if (!heat.shown) throw new Error(heat.reason);
    const weights = partOf(
      sessionOf(lab).read(weightName('discriminator', '')),
      weightName('discriminator', ''),
    );
    const middle = 1 - 1 / heat.side;
    const { logit } = forward({
      network: rulesOf(config).players['discriminator']!.network,
      weights,
      mode: 'inference',
      inputs: { image: tf.tensor4d([-middle, middle, middle, -middle], [2, 1, 1, 2]) },
    }).outputs;
    const [first, last] = Array.from(tf.sigmoid(logit!).dataSync());
    expect(heat.values[0]).toBeCloseTo(first!, 5);
    expect(heat.values.at(-1)).toBeCloseTo(last!, 5);
  });

  test.each([
    ['packing', { images: 2 }, 'D judges 2 points together'],
    ['minibatch-discrimination', { kernels: 4, dimensions: 2 }, 'D compares the points of a batch'],
  ])(
    'with %s D judges no point by itself, and the heat map is left out with the reason',
    (kind, options, reason) => {
      expect(open({ stabilisers: [{ kind, options }] }).frame({ steps: 1 }).heat).toEqual({
        shown: false,
        reason,
      });
    },
  );

  test.each([
    [1, 'uniform', 200, 1],
    [2, 'normal', 25, 25],
    [5, 'uniform', 25, 25],
  ] as const)(
    'a z of %i numbers, %s, has a manifold of %i by %i points',
    (size, distribution, columns, rows) => {
      const { manifold } = open({ z: { size, distribution } }).frame({ steps: 0 });
      expect(manifold).toMatchObject({ columns, rows });
      expect(manifold.points).toHaveLength(columns * rows * 2);
      expect(manifold.points.every((value) => Math.abs(value) <= 1)).toBe(true);
    },
  );

  test('real points and the latent points of the fakes are the same ones in every frame', () => {
    const lab = open();
    const [first, second] = [lab.frame({ steps: 0 }), lab.frame({ steps: 4, turn: 'discriminator' })];
    expect(second.real).toEqual(first.real);
    expect(second.fakes).toEqual(first.fakes);
    expect(lab.frame({ steps: 4, turn: 'generator' }).fakes).not.toEqual(first.fakes);
  });

  test('the distance is computed every few steps, and falls while the GAN learns', () => {
    const lab = open({ gan: LAB_CONFIG.gan, batch: 64 });
    const first = lab.frame({ steps: 0 }).distance!;
    expect(lab.frame({ steps: 3 }).distance).toBeUndefined();
    for (let frame = 0; frame < 5; frame++) lab.frame({ steps: 100 });
    expect(lab.frame({ steps: 20 }).distance).toBeLessThan(first / 2);
  });
});

describe('steps', () => {
  test.each([
    ['plain', {}],
    ['wgan', { ...wgan, turns: { kind: 'several' as const, discriminator: 3 } }],
  ])(
    'looking changes nothing: the same losses, bit for bit, as a session that nobody looks at: %s',
    (_, changes) => {
      const watched = open(changes);
      const losses = Array.from({ length: 12 }, () => steps(watched, 1)[0]!.losses);
      const unwatched = open(changes);
      expect(steps(unwatched, 12).map((each) => each.losses)).toEqual(losses);
      const plain = new Session(sessionOf(watched).config);
      opened.push(plain);
      const { dataset } = (
        watched as unknown as { scene: { dataset: { batch(request: object): Float32Array } } }
      ).scene;
      expect(
        Array.from(
          { length: 12 },
          (__, step) => plain.takeStep({ images: dataset.batch({ step, batch: 16, seed: 3 }) }).losses,
        ),
      ).toEqual(losses);
    },
  );

  test('frames leave no tensor behind', () => {
    const lab = open();
    lab.frame({ steps: 1 });
    const { numTensors } = tf.memory();
    for (let frame = 0; frame < 5; frame++) lab.frame({ steps: 2 });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test.each([['discriminator'], ['generator']] as const)(
    'a turn of the %s moves its weights and no others',
    (turn) => {
      for (const changes of [
        {},
        { turns: { kind: 'alternating', discriminator: 1 } },
        { turns: { kind: 'several', discriminator: 4 } },
      ] satisfies Partial<RunConfig>[]) {
        const lab = open(changes);
        const before = sessionOf(lab).checkpoint();
        expect(steps(lab, 3, turn).map(({ losses }) => Object.keys(losses))).toEqual([
          [turn],
          [turn],
          [turn],
        ]);
        expect(moved(before, sessionOf(lab).checkpoint())).toEqual([turn]);
      }
    },
  );

  test('a network’s first turn after many of the other moves weights as far as any first turn: the optimiser counts its own updates', () => {
    const firstMove = (lab: Lab) => {
      const before = sessionOf(lab).checkpoint().tensors['weights/generator/to-image/bias']!.values;
      steps(lab, 1, 'generator');
      const after = sessionOf(lab).checkpoint().tensors['weights/generator/to-image/bias']!.values;
      return Math.abs(after[0]! - before[0]!);
    };
    const late = open();
    steps(late, 60, 'discriminator');
    for (const lab of [open(), late])
      expect(firstMove(lab) / config.optimizer.learningRate.generator).toBeCloseTo(1, 1);
  });
});

describe('other settings while it runs', () => {
  test('a learning rate, a loss or a stabiliser leaves weights, optimiser and step as they are', () => {
    const lab = open();
    steps(lab, 8);
    const before = sessionOf(lab).checkpoint();
    const { optimizer } = config;
    const changes: Partial<RunConfig>[] = [
      { optimizer: { ...optimizer, learningRate: { discriminator: 1e-4, generator: 1e-4 } } },
      { loss: { kind: 'hinge', options: {} } },
      { stabilisers: [{ kind: 'instance-noise', options: {} }] },
      { stabilisers: [{ kind: 'historical-averaging', options: {} }] },
      { dataset: on(STUDY_POINTS.spiral) },
      { batch: 32 },
      { z: { size: 2, distribution: 'normal' } },
    ];
    for (const change of changes) {
      expect(lab.configure({ ...config, ...change })).toMatchObject({ step: 8, anew: 'nothing' });
      const { tensors } = sessionOf(lab).checkpoint();
      for (const [name, { values }] of Object.entries(before.tensors))
        expect(tensors[name]?.values, name).toEqual(values);
    }
    expect(steps(lab, 1)[0]!.step).toBe(9);
  });

  test('unchanged settings go on bit for bit, with the turns taken alone counted', () => {
    const [whole, changed] = [open(), open()];
    for (const lab of [whole, changed]) steps(lab, 5, 'discriminator');
    changed.configure(config);
    expect(steps(changed, 4)).toEqual(steps(whole, 4));
  });

  test('with other turns, each network still counts the updates that it has taken', () => {
    const lab = open({ turns: { kind: 'several', discriminator: 5 } });
    steps(lab, 10);
    lab.configure({ ...config, turns: { kind: 'together', discriminator: 1 } });
    const { step, ahead } = sessionOf(lab);
    expect({ step, ahead }).toEqual({ step: 10, ahead: { discriminator: 0, generator: -8 } });
  });

  test('another optimiser begins anew, and the weights stay', () => {
    const lab = open();
    steps(lab, 6);
    const before = sessionOf(lab).checkpoint();
    expect(
      lab.configure({ ...config, optimizer: { ...config.optimizer, kind: 'rmsprop', options: {} } }),
    ).toMatchObject({ step: 0, anew: 'optimizer' });
    expect(moved(before, sessionOf(lab).checkpoint())).toEqual([]);
  });

  test('one layer more keeps those that still fit', () => {
    const lab = open();
    steps(lab, 6);
    const before = sessionOf(lab).checkpoint().tensors;
    expect(lab.configure({ ...config, gan: { kind: 'mlp', options: { width: 8, depth: 3 } } })).toMatchObject(
      { step: 0, anew: 'weights' },
    );
    const { tensors } = sessionOf(lab).checkpoint();
    expect(tensors['weights/generator/hidden1/kernel']).toEqual(before['weights/generator/hidden1/kernel']);
    expect(tensors['weights/generator/hidden3/kernel']).toBeDefined();
  });

  test('refused settings change nothing', () => {
    const lab = open();
    steps(lab, 2);
    const before = sessionOf(lab).checkpoint();
    const refused: [Partial<RunConfig>, string][] = [
      [{ stabilisers: [{ kind: 'packing', options: { images: 3 } }] }, 'cannot be packed'],
      [{ gan: { kind: 'dcgan', options: {} } }, 'points of the plane'],
      [{ dataset: { ...config.dataset, source: { kind: 'built-in', name: 'digits' } } }, 'not on pictures'],
    ];
    for (const [change, why] of refused) expect(() => lab.configure({ ...config, ...change })).toThrow(why);
    expect(sessionOf(lab).checkpoint()).toEqual(before);
    expect(steps(lab, 1)[0]!.step).toBe(3);
  });

  test('a step that is NaN or infinite is refused, and the lab stays before it', () => {
    const lab = open({
      optimizer: {
        ...config.optimizer,
        kind: 'sgd',
        options: {},
        learningRate: { discriminator: 1, generator: 1 },
      },
      ...wgan,
      stabilisers: [],
    });
    expect(() => {
      for (let frame = 0; frame < 60; frame++) steps(lab, 100);
    }).toThrow('Losses or gradients were NaN or infinite');
    const { step } = lab.facts;
    expect(lab.frame({ steps: 0 }).step).toBe(step);
  });
});

test('the commands need an open lab, and opening another one begins at step 0', async () => {
  const { handlers, close } = createLab();
  await expect(handlers['lab.frame']({ steps: 1 })).rejects.toThrow('not open');
  expect(await handlers['lab.open']({ config })).toMatchObject({ step: 0, anew: 'nothing' });
  expect((await handlers['lab.frame']({ steps: 2 })).step).toBe(2);
  await expect(
    handlers['lab.open']({
      config: { ...config, batch: 15, stabilisers: [{ kind: 'packing', options: {} }] },
    }),
  ).rejects.toThrow('packed');
  expect((await handlers['lab.frame']({ steps: 1 })).step).toBe(3);
  expect(await handlers['lab.open']({ config })).toMatchObject({ step: 0 });
  await handlers['lab.close']({});
  await expect(handlers['lab.configure']({ config })).rejects.toThrow('not open');
  close();
});
