/** The pictures that D judges whenever a run is measured: always the same ones. */
import type { Dataset } from '../datasets/index.ts';
import type { Batch } from './drawn.ts';
import type { Session } from './session.ts';

type JudgedRun = { dataset: Dataset; session: Pick<Session, 'config'> };

/** A batch of held-out pictures, always the same; undefined where there are none. */
export function unseenBatch({ dataset: { heldOut }, session: { config } }: JudgedRun): Batch | undefined {
  if (!heldOut || heldOut.count === 0) return undefined;
  const indices = Array.from({ length: config.batch }, (_, index) => index % heldOut.count);
  const images = Float32Array.from(heldOut.bytes(indices), (byte) => byte / 127.5 - 1);
  return { images, classes: indices.map((index) => heldOut.labels[index] ?? 0) };
}

/** The first batch of the run, whatever step it is at. */
export async function firstBatch({ dataset, session: { config } }: JudgedRun): Promise<Batch> {
  const stream = dataset.stream({ batch: config.batch, seed: config.seed, from: 0 });
  try {
    const { images, classes } = await stream.take(0);
    return { images, classes };
  } finally {
    stream.close();
  }
}
