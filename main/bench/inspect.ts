/** Measures how soon the inspector shows a whole turn of a paused run: DCGAN at 64 pixels and width 64. */
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { openDataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { Inspector } from '../inspect/index.ts';
import { completeConfig, Session } from '../training/index.ts';
import { median } from '../median.ts';

const ROUNDS = 5;

export type InspectFigure = {
  case: string;
  turn: string;
  firstMilliseconds: number;
  againMilliseconds: number;
};

/**
 * Yields medians for each turn: of the first trace of a step, which includes its batch and the turns before
 * it, and of another image in the same step.
 */
export async function* benchInspect({
  folders,
  decoders,
}: {
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<InspectFigure> {
  const config = inspectedConfig();
  const session = new Session(config);
  const source = {
    config,
    rules: session.rules,
    step: () => session.step,
    snapshot: () => session.snapshot(),
  };
  for (const phase of ['discriminator', 'generator']) {
    const inspector = new Inspector({
      source,
      openData: (signal) => openDataset({ ...config.dataset, folders, decoders, signal }),
    });
    await inspector.trace({ phase, image: 0 }); // opens the dataset, once in a run
    const first: number[] = [];
    const again: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      inspector.forget();
      first.push(await timed(() => inspector.trace({ phase, image: round })));
      again.push(await timed(() => inspector.trace({ phase, image: round + 1 })));
    }
    yield {
      case: 'dcgan64-w64',
      turn: phase,
      firstMilliseconds: median(first),
      againMilliseconds: median(again),
    };
    inspector.dispose();
  }
  session.dispose();
}

function inspectedConfig(): RunConfig {
  const { dataset, ...rest } = DEFAULT_RUN_CONFIG;
  return completeConfig({
    ...rest,
    gan: { kind: 'dcgan', options: { width: 64 } },
    dataset: {
      source: { kind: 'built-in', name: 'emoji' },
      options: { ...dataset.options, size: 64, colour: 'rgb' },
      leftOut: [],
    },
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}
