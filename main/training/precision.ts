/**
 * What a run computes in on this machine: never by a processor's name, but as steps of its shape take in either
 * precision, measured once and remembered.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { StudioError, stepTime, type Precision, type RunConfig } from '../contract/index.ts';
import { writeWhole } from '../runs/index.ts';
import { tensorFlowVersions, tf } from '../tensor.ts';
import { inBfloat16 } from '../graph/index.ts';
import { cancelledEstimate, randomData, takesStep } from './estimate.ts';
import { imageShapeOf, rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { speedKey } from './speed-key.ts';

/** bfloat16 is taken where float32 takes so many times as long. */
const WORTH_IT = 1.1;
/** Below this width, convolutions are too small to gain: nothing is measured, and a run is the same everywhere. */
export const SMALLEST = 32;
/** Both are measured in turns for so long, and at least so often after the first steps. */
const SECONDS = 2;
const FEWEST_ROUNDS = 3;
const FIRST_STEPS = 2;
const REMEMBERED = 200;

/** Milliseconds of a step; null where this machine cannot compute it. */
const timesSchema = z.object({ float32: z.number().positive(), bfloat16: z.number().positive().nullable() });
export type PrecisionTimes = z.infer<typeof timesSchema>;
export type SettledPrecision = { precision: Precision; times?: PrecisionTimes };

type Machine = {
  /** Where measurements are remembered. */
  cache: string;
  signal?: AbortSignal;
  /** Measures both; for tests, another machine. */
  measure?: typeof measurePrecisions;
};

/**
 * The precision of a new run; throws StudioError `precision-unsupported` where it is to be bfloat16 and this machine has
 * none, and `cancelled` at the signal.
 */
export async function settlePrecision(config: RunConfig, machine: Machine): Promise<SettledPrecision> {
  if (config.precision === 'float32') return { precision: 'float32' };
  if (config.precision === 'bfloat16') {
    if (!hasBfloat16()) throw unsupported('Choose float32 or automatic.');
    return { precision: 'bfloat16' };
  }
  if (imageShapeOf(config).size < SMALLEST) return { precision: 'float32' };
  const times = await timesOf(config, machine);
  const isWorthIt = times.bfloat16 !== null && times.float32 >= WORTH_IT * times.bfloat16;
  return { precision: isWorthIt ? 'bfloat16' : 'float32', times };
}

/**
 * Throws StudioError `precision-slow` or `precision-unsupported` where a run that computes in bfloat16 would do so more
 * slowly here than in float32, or not at all: going on in float32 is the person's to choose.
 */
export async function requirePrecision(config: RunConfig, machine: Machine): Promise<void> {
  if (config.precision !== 'bfloat16') return;
  const { float32, bfloat16 } = await timesOf(config, machine);
  if (bfloat16 === null) throw unsupported('Go on in float32, or on a machine that has bfloat16.');
  if (bfloat16 <= float32) return;
  throw new StudioError({
    code: 'precision-slow',
    message: `The run computes in bfloat16, which is slower than float32 on this machine: a step takes ${stepTime(bfloat16)} against ${stepTime(float32)}.`,
    remedy: 'Go on in float32, which is noted in the run, or in bfloat16 to repeat its steps bit for bit.',
  });
}

/** Measured once for each shape on this machine. */
async function timesOf(
  config: RunConfig,
  { cache, signal = new AbortController().signal, measure = measurePrecisions }: Machine,
): Promise<PrecisionTimes> {
  const key = keyOf(config);
  const known = remembered(cache);
  if (known[key]) return known[key];
  const times = await measure(config, signal);
  const newest = Object.entries({ ...remembered(cache), [key]: times }).slice(-REMEMBERED);
  try {
    fs.mkdirSync(cache, { recursive: true });
    writeWhole(fileIn(cache), JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // It is measured again the next time.
  }
  return times;
}

/** Takes steps of either precision in turns, on random images; other work is done between them. */
export async function measurePrecisions(config: RunConfig, signal: AbortSignal): Promise<PrecisionTimes> {
  const sessions: Session[] = [];
  const open = (precision: Precision) => {
    const session = new Session(config, undefined, { rules: { ...rulesOf(config), precision } });
    sessions.push(session);
    return session;
  };
  try {
    const float32 = open('float32');
    await between(signal);
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
        await between(signal);
      }
    }
    return { float32: middle(times.float32), bfloat16: bfloat16 ? middle(times.bfloat16) : null };
  } finally {
    for (const session of sessions) session.dispose();
  }
}

const middle = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function between(signal: AbortSignal): Promise<void> {
  await nextTurn();
  if (signal.aborted) throw cancelledEstimate();
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

function unsupported(remedy: string): StudioError {
  return new StudioError({
    code: 'precision-unsupported',
    message: 'This machine cannot compute in bfloat16.',
    remedy,
  });
}

/** By shape, processor and TensorFlow. */
function keyOf(config: RunConfig): string {
  const processor = [os.cpus()[0]?.model, os.availableParallelism(), process.env['TF_NUM_INTRAOP_THREADS']];
  return createHash('sha256')
    .update(JSON.stringify([speedKey(config), processor, tensorFlowVersions().libtensorflow]))
    .digest('hex');
}

const fileIn = (cache: string): string => path.join(cache, 'precisions.json');

function remembered(cache: string): Record<string, PrecisionTimes> {
  try {
    return z.record(z.string(), timesSchema).parse(JSON.parse(fs.readFileSync(fileIn(cache), 'utf8')));
  } catch {
    return {};
  }
}
