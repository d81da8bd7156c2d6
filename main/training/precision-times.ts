/**
 * Milliseconds that a step takes in either precision on this machine, measured once for each shape of run and
 * remembered.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Precision, RunConfig } from '../contract/index.ts';
import { inBfloat16 } from '../graph/index.ts';
import { median } from '../median.ts';
import { writeWhole } from '../runs/index.ts';
import { tensorFlowVersions, tf } from '../tensor.ts';
import { betweenSteps, randomData, takesStep } from './estimate.ts';
import { rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { speedKey } from './speed-key.ts';

/** The two are measured alternately for SECONDS, and at least FEWEST_ROUNDS times after FIRST_STEPS steps. */
const SECONDS = 2;
const FEWEST_ROUNDS = 3;
const FIRST_STEPS = 2;
/** The most shapes that are remembered. */
const REMEMBERED = 200;

/** `bfloat16` is null where this machine cannot compute in it. */
const timesSchema = z.object({ float32: z.number().positive(), bfloat16: z.number().positive().nullable() });
export type PrecisionTimes = z.infer<typeof timesSchema>;

export type Machine = {
  /** Where measurements are remembered. */
  cache: string;
  signal?: AbortSignal;
  /** Called before a measurement, which takes some seconds. */
  onMeasuring?: () => void;
  /** Stands in for the measurement, in tests. */
  measure?: typeof measurePrecisions;
};

/** Step times of this config, measured now or earlier. Throws StudioError `cancelled` at the signal. */
export async function timesOf(
  config: RunConfig,
  { cache, signal = new AbortController().signal, onMeasuring, measure = measurePrecisions }: Machine,
): Promise<PrecisionTimes> {
  const key = keyOf(config);
  const known = remembered(cache);
  if (known[key]) return known[key];
  onMeasuring?.();
  const times = await measure(config, signal);
  remember(cache, { ...remembered(cache), [key]: times });
  return times;
}

/** Takes steps of both precisions alternately, on random images; other work is done between them. */
export async function measurePrecisions(config: RunConfig, signal: AbortSignal): Promise<PrecisionTimes> {
  const sessions: Session[] = [];
  const open = (precision: Precision) => {
    const session = new Session(config, undefined, { rules: { ...rulesOf(config), precision } });
    sessions.push(session);
    return session;
  };
  try {
    const float32 = open('float32');
    await betweenSteps(signal);
    const bfloat16 = hasBfloat16() ? open('bfloat16') : undefined;
    const { batch } = randomData(config);
    const times: { float32: number[]; bfloat16: number[] } = { float32: [], bfloat16: [] };
    const start = performance.now();
    const isEnough = () => performance.now() - start > SECONDS * 1000;
    for (let round = -FIRST_STEPS; round < FEWEST_ROUNDS || !isEnough(); round++) {
      for (const [name, session] of [
        ['float32', float32],
        ['bfloat16', bfloat16],
      ] as const) {
        if (!session) continue;
        const begun = performance.now();
        takesStep(session, batch);
        if (round >= 0) times[name].push(performance.now() - begun);
        await betweenSteps(signal);
      }
    }
    return { float32: median(times.float32), bfloat16: bfloat16 ? median(times.bfloat16) : null };
  } finally {
    for (const session of sessions) session.dispose();
  }
}

/** Whether TensorFlow convolves in bfloat16 on this processor, forward and back. */
export function hasBfloat16(): boolean {
  try {
    inBfloat16(
      () =>
        tf.tidy(() => {
          const kernel = tf.ones([3, 3, 4, 4]);
          const gradient = tf.grad((x) => tf.sum(tf.conv2d(x as never, kernel as never, 1, 'same')));
          return gradient(tf.ones([1, 8, 8, 4])).dataSync();
        }) as never,
    );
    return true;
  } catch {
    return false;
  }
}

/** Names a measurement by shape, processor and TensorFlow version. */
function keyOf(config: RunConfig): string {
  const processor = [os.cpus()[0]?.model, os.availableParallelism(), process.env['TF_NUM_INTRAOP_THREADS']];
  return createHash('sha256')
    .update(JSON.stringify([speedKey(config), processor, tensorFlowVersions().libtensorflow]))
    .digest('hex');
}

function remember(cache: string, times: Record<string, PrecisionTimes>): void {
  const newest = Object.entries(times).slice(-REMEMBERED);
  try {
    fs.mkdirSync(cache, { recursive: true });
    writeWhole(fileIn(cache), JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // It is measured again the next time.
  }
}

const fileIn = (cache: string): string => path.join(cache, 'precisions.json');

function remembered(cache: string): Record<string, PrecisionTimes> {
  try {
    return z.record(z.string(), timesSchema).parse(JSON.parse(fs.readFileSync(fileIn(cache), 'utf8')));
  } catch {
    return {};
  }
}
