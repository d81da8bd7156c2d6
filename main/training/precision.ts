/**
 * Chooses the precision of a run on this machine: never by a processor's name, but by how long its steps take
 * in either precision, measured once and remembered.
 */
import { StudioError, stepTime, type Precision, type RunConfig } from '../contract/index.ts';
import { imageShapeOf } from './rules.ts';
import { hasBfloat16, timesOf, type Machine, type PrecisionTimes } from './precision-times.ts';

/** bfloat16 is chosen where float32 takes at least this many times as long. */
const WORTH_IT = 1.1;
/** Below this width, convolutions are too small to gain: `automatic` is float32, without a measurement. */
const SMALLEST = 32;

export type SettledPrecision = { precision: Precision; times?: PrecisionTimes };

/**
 * The precision of a new run; throws StudioError `precision-unsupported` where the config demands bfloat16
 * and this machine cannot compute in it, and `cancelled` at the signal.
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
 * Throws StudioError `precision-slow` or `precision-unsupported` where a run that computes in bfloat16 would
 * do so more slowly here than in float32, or not at all: whether to go on in float32 is for the person to
 * decide.
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

function unsupported(remedy: string): StudioError {
  return new StudioError({
    code: 'precision-unsupported',
    message: 'This machine cannot compute in bfloat16.',
    remedy,
  });
}
