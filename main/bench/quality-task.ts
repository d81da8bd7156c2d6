/**
 * Trains one of our rows of the quality bench, in a process of its own, so that processor time and memory can
 * be measured for it alone.
 */
import fs from 'node:fs';
import { z } from 'zod';
import { runConfigSchema } from '../contract/index.ts';
import { bytesOf, openDataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import type { Folders } from '../folders.ts';
import { completeConfig, Session } from '../training/index.ts';

const taskSchema = z.object({
  config: runConfigSchema,
  /** Processor time. */
  seconds: z.number().positive(),
  /** How many samples to make at the end. */
  count: z.number().int().positive(),
  /** The file to write them to, as bytes [count, size, size, channels]. */
  samples: z.string(),
});
export type QualityTask = z.infer<typeof taskSchema>;

/** Steps and peak memory of the training; a peer prints the same. */
export const trainedSchema = z.object({ steps: z.number().int(), memoryMB: z.number().int() });
export type Trained = z.infer<typeof trainedSchema>;

const MICROSECONDS = 1e6;
const KILOBYTES_PER_MB = 1000;

/** Trains the task in this file until the process has used its processor time, and writes samples. */
export async function trainTask(
  file: string,
  { folders, decoders }: { folders: Folders; decoders: Decoders },
): Promise<Trained> {
  const {
    config: wanted,
    seconds,
    count,
    samples,
  } = taskSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  const config = completeConfig(wanted);
  const dataset = await openDataset({ ...config.dataset, folders, decoders });
  const before = process.cpuUsage();
  const used = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / MICROSECONDS;
  };
  const session = new Session(config);
  const { batch, seed } = config;
  while (used() < seconds) session.takeStep({ images: dataset.batch({ step: session.step, batch, seed }) });
  const points = drawPoints(session.model.latent, { seed, stream: 'latent', step: 1 }, count);
  fs.writeFileSync(samples, bytesOf(generate(session.model, points)));
  const steps = session.step;
  session.dispose();
  dataset.close();
  return { steps, memoryMB: Math.round(process.resourceUsage().maxRSS / KILOBYTES_PER_MB) };
}
