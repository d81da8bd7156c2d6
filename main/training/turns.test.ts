import { afterEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig, type Turns } from '../contract/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../runs/checkpoint-file.ts';
import type { Checkpoint } from '../runs/index.ts';
import { randomUniform } from '../random.ts';
import { duePhases } from './due.ts';
import { updatesUpTo } from './programs.ts';
import { rulesOf } from './rules.ts';
import { Session } from './session.ts';

const configOf = (turns: Turns): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  turns,
  gan: { kind: 'mlp', options: { width: 4, depth: 1 } },
  batch: 4,
  z: { size: 4, distribution: 'normal' },
  dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
});
const together = configOf({ kind: 'together', discriminator: 1 });
const several = configOf({ kind: 'several', discriminator: 3 });
const alternating = configOf({ kind: 'alternating', discriminator: 1 });

const opened: Session[] = [];
afterEach(() => opened.splice(0).forEach((session) => session.dispose()));

function open(config: RunConfig, checkpoint?: Checkpoint): Session {
  const session = new Session(config, checkpoint);
  opened.push(session);
  return session;
}

function takeSteps(session: Session, count: number) {
  return Array.from({ length: count }, () =>
    session.takeStep({ images: randomUniform({ seed: 1, stream: 'order', step: session.step }, 4 * 2) }),
  );
}

/** Parts of the state whose numbers a step changed, such as `weights/generator`. */
function movedBy(session: Session): string[] {
  const before = session.checkpoint().tensors;
  takeSteps(session, 1);
  const after = session.checkpoint().tensors;
  const names = Object.keys(after).filter((name) =>
    after[name]!.values.some((value, index) => value !== before[name]!.values[index]),
  );
  return [
    ...new Set(
      names.map((name) => (name.startsWith('average/') ? 'average' : name.split('/').slice(0, 2).join('/'))),
    ),
  ]
    .filter((name) => /^(weights|average)/.test(name))
    .sort();
}

const D = 'discriminator';
const G = 'generator';

test.each([
  [
    'together',
    together,
    [
      [D, G],
      [D, G],
      [D, G],
      [D, G],
      [D, G],
      [D, G],
    ],
  ],
  ['several', several, [[D], [D], [D, G], [D], [D], [D, G]]],
  ['alternating', alternating, [[D], [G], [D], [G], [D], [G]]],
] as const)(
  'with turns %s, a step reports the losses of the phases that are due, and of no others',
  (_, config, expected) => {
    expect(takeSteps(open(config), 6).map(({ losses }) => Object.keys(losses))).toEqual(expected);
  },
);

test('a network, its optimiser’s numbers and G’s average move in their own turns alone', () => {
  const alternate = open(alternating);
  expect([movedBy(alternate), movedBy(alternate), movedBy(alternate)]).toEqual([
    ['weights/discriminator'],
    ['average', 'weights/generator'],
    ['weights/discriminator'],
  ]);
  const many = open(several);
  expect([movedBy(many), movedBy(many), movedBy(many)]).toEqual([
    ['weights/discriminator'],
    ['weights/discriminator'],
    ['average', 'weights/discriminator', 'weights/generator'],
  ]);
});

test.each([
  ['together', together, [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
  ['several', several, [1, 2, 3, 4, 5, 6], [1, 2]],
  ['alternating', alternating, [1, 2, 3], [1, 2, 3]],
] as const)(
  'with turns %s, six steps count the updates of each network by themselves, for the optimiser’s bias correction',
  (_, config, discriminator, generator) => {
    const rules = rulesOf(config);
    const counted = (name: string) =>
      [0, 1, 2, 3, 4, 5].flatMap((step) =>
        duePhases(rules, step)
          .filter((phase) => phase.name === name)
          .map((phase) => updatesUpTo({ phases: rules.phases, phase, player: name, step })),
      );
    expect([counted(D), counted(G)]).toEqual([discriminator, generator]);
  },
);

test.each([
  ['several', several],
  ['alternating', alternating],
] as const)('a session with turns %s goes on bit for bit, wherever it was interrupted', (_, config) => {
  const whole = open(config);
  const checkpoints = Array.from({ length: 4 }, () => {
    const checkpoint = decodeCheckpoint(encodeCheckpoint(whole.checkpoint()), 'memory');
    takeSteps(whole, 1);
    return checkpoint;
  });
  takeSteps(whole, 3);
  for (const checkpoint of checkpoints) {
    const resumed = open(config, checkpoint);
    takeSteps(resumed, 7 - checkpoint.step);
    expect(resumed.checkpoint()).toEqual(whole.checkpoint());
  }
});
