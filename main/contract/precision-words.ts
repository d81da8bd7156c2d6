/** A run's precision in words, the same in the app and on the command line. */
import type { RunEvent } from './events.ts';

/** Such as "Trains in bfloat16: a step takes 61 ms, against 78 ms in float32." */
export function precisionInWords({
  precision,
  milliseconds,
}: Omit<Extract<RunEvent, { type: 'precision' }>, 'type' | 'step'>): string {
  if (!milliseconds) return `Goes on in ${precision}.`;
  const { float32, bfloat16 } = milliseconds;
  if (bfloat16 === null) return 'Trains in float32: this machine cannot compute in bfloat16.';
  const [own, other] = precision === 'float32' ? [float32, bfloat16] : [bfloat16, float32];
  return `Trains in ${precision}: a step takes ${stepTime(own)}, against ${stepTime(other)} in ${precision === 'float32' ? 'bfloat16' : 'float32'}.`;
}

/** Milliseconds with at least two digits. */
export function stepTime(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}
