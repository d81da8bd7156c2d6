/** What the speed of a run depends on, apart from the machine: runs with the same key take equally long. */
import type { RunConfig } from '../contract/index.ts';
import { imageShapeOf } from './rules.ts';

/** All settings that change how long a step, a sample grid or a checkpoint takes, except the precision. */
export function speedKey(config: RunConfig): string {
  const { gan, loss, stabilisers, turns, z, optimizer, batch, averaging, samples, classes } = config;
  return JSON.stringify({
    gan,
    loss,
    stabilisers,
    turns,
    z,
    optimizer: { kind: optimizer.kind, options: optimizer.options, clips: optimizer.clip > 0 },
    batch,
    averages: averaging > 0,
    image: imageShapeOf(config),
    samples: samples.count,
    classes: classes.length,
  });
}
