import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, PLAIN_TURNS, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { generate } from '../explore/index.ts';
import { portableNetwork } from '../layers/index.ts';
import { randomNormal, randomUniform } from '../random.ts';
import { expectClose } from '../reference/index.ts';
import type { Checkpoint } from '../runs/index.ts';
import { completeConfig } from '../training/complete-config.ts';
import { imageShapeOf } from '../training/rules.ts';
import { Session } from '../training/session.ts';

const BATCH = 8;

function configOf(settings: Partial<RunConfig>): RunConfig {
  return completeConfig({
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: 'mlp', options: { width: 8, depth: 1 } },
    batch: BATCH,
    z: { size: 4, distribution: 'normal' },
    dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
    ...settings,
  });
}

/** Runs `use` on a session, and disposes of the session. */
function withSession<Result>({
  config,
  checkpoint,
  use,
}: {
  config: RunConfig;
  checkpoint?: Checkpoint;
  use: (session: Session) => Result;
}): Result {
  const session = new Session(config, checkpoint);
  try {
    return use(session);
  } finally {
    session.dispose();
  }
}

function takeSteps(session: Session, count: number): void {
  const { size, channels } = imageShapeOf(session.config);
  for (let taken = 0; taken < count; taken++)
    session.takeStep({
      images: randomUniform({ seed: 1, stream: 'order', step: session.step }, BATCH * size * size * channels),
    });
}

const valuesOf = ({ tensors }: Checkpoint, prefix: string): [string, number[]][] =>
  Object.entries(tensors)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, { values }]) => [name.slice(prefix.length), Array.from(values)]);

describe('historical averaging', () => {
  const stabilisers = [{ kind: 'historical-averaging', options: { weight: 0.1 } }];

  test('keeps the arithmetic mean of what weights were in the turns of their own network', () => {
    const config = configOf({ stabilisers, turns: { kind: 'several', discriminator: 3 } });
    const seen = { discriminator: [] as Checkpoint[], generator: [] as Checkpoint[] };
    const last = withSession({
      config,
      use(session) {
        for (let step = 0; step < 7; step++) {
          seen.discriminator.push(session.checkpoint());
          if (step % 3 === 2) seen.generator.push(session.checkpoint());
          takeSteps(session, 1);
        }
        return session.checkpoint();
      },
    });
    for (const network of ['discriminator', 'generator'] as const) {
      expect(valuesOf(last, `memory/historical-averaging/turns/${network}`)).toEqual([
        ['', [seen[network].length]],
      ]);
      const means = valuesOf(last, `memory/historical-averaging/mean/${network}/`);
      expect(means).toHaveLength(4);
      for (const [name, mean] of means) {
        const past = seen[network].map(
          (checkpoint) => valuesOf(checkpoint, `weights/${network}/${name}`)[0]![1],
        );
        expectClose(
          mean,
          mean.map((_, index) => past.reduce((sum, values) => sum + values[index]! / past.length, 0)),
        );
      }
    }
  });

  test.each([PLAIN_TURNS, { kind: 'alternating', discriminator: 1 } as const])(
    'goes on from a checkpoint as if it had not been interrupted, in turns $kind',
    (turns) => {
      const config = configOf({ stabilisers, turns });
      const [half, whole] = withSession({
        config,
        use(session) {
          takeSteps(session, 3);
          const half = session.checkpoint();
          takeSteps(session, 3);
          return [half, session.checkpoint()] as const;
        },
      });
      expect(valuesOf(half, 'memory/').some(([, values]) => values.some((value) => value !== 0))).toBe(true);
      const resumed = withSession({
        config,
        checkpoint: half,
        use(session) {
          takeSteps(session, 3);
          return session.checkpoint();
        },
      });
      expect(resumed).toEqual(whole);
    },
  );
});

test('weight clipping holds every weight of D within its limit, and none of G', () => {
  const config = configOf({ stabilisers: [{ kind: 'weight-clipping', options: { limit: 0.01 } }] });
  const largest = (checkpoint: Checkpoint, network: string) =>
    Math.max(...valuesOf(checkpoint, `weights/${network}/`).flatMap(([, values]) => values.map(Math.abs)));
  const [before, after] = withSession({
    config,
    use(session) {
      const before = session.checkpoint();
      takeSteps(session, 4);
      return [before, session.checkpoint()] as const;
    },
  });
  expect(largest(before, 'discriminator')).toBeGreaterThan(0.01);
  expect(largest(after, 'discriminator')).toBeCloseTo(0.01, 7);
  expect(largest(after, 'generator')).toBeGreaterThan(0.01);
});

describe('virtual batch normalisation', () => {
  const config = configOf({
    gan: { kind: 'dcgan', options: { width: 4 } },
    dataset: DEFAULT_RUN_CONFIG.dataset,
    stabilisers: [{ kind: 'virtual-batch-norm', options: { rows: 6 } }],
  });

  test('trains G on a reference batch that stays what it was, and samples each image by itself', () => {
    withSession({
      config,
      use(session) {
        const points = () => valuesOf(session.checkpoint(), 'weights/generator/reference/points');
        const before = points();
        takeSteps(session, 2);
        expect(points()).toEqual(before);
        expect(valuesOf(session.checkpoint(), 'average/reference/points')).toEqual(before);
        const z = randomNormal({ seed: 2, stream: 'z', step: 0 }, 3 * 4);
        const together = generate(session.model, z);
        expectClose(
          together.subarray(28 * 28, 2 * 28 * 28),
          Array.from(generate(session.model, z.subarray(4, 8))),
        );
      },
    });
  });

  test('is exported with the moments of the reference batch fixed', () => {
    const { nodes } = withSession({
      config,
      use({ model }) {
        return portableNetwork(model.networks['generator']!, model.weights['generator']!);
      },
    });
    const norms = nodes.flatMap((node) => (node.operation === 'reference-norm' ? [node] : []));
    expect(norms.length).toBeGreaterThan(0);
    for (const { weights, shape } of norms) expect(weights.mean.shape).toEqual(shape.slice(-1));
  });
});
