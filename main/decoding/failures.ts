/**
 * The reasons and errors that decoding ends in when a decoder ends, is too slow, is cancelled or does not
 * start.
 */
import { StudioError } from '../contract/index.ts';
import { ABORTED, KILLED } from './decoder-process.ts';
import type { WhyLeftOut } from './messages.ts';

/** Why a picture is left out whose decoder ended with this exit code, or by the signal of this number. */
export function whyEnded(code: number): WhyLeftOut {
  if (code === KILLED)
    return { reason: 'too-large', detail: 'Decoding it takes more memory than one picture may.' };
  const why = code === ABORTED ? 'the file may be damaged, or memory ran out' : 'the file may be damaged';
  return {
    reason: 'crashed',
    detail: `The decoder ended twice while it decoded this file (code ${code}); ${why}.`,
  };
}

export function cancelled(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'Preparing the pictures was cancelled.',
    remedy: 'Open the data set again to prepare it.',
  });
}

export function broken(code: number): StudioError {
  return new StudioError({
    code: 'decoder-broken',
    message: `The process that decodes pictures does not start (code ${code}).`,
    remedy:
      'Close other programs if memory is short and try again; if this repeats, install GAN Studio again.',
  });
}

export function tooSlow(milliseconds: number): WhyLeftOut {
  const seconds = Math.round(milliseconds / 1000);
  return {
    reason: 'too-slow',
    detail: `Decoding took longer than ${seconds} s and was stopped; the file may be damaged.`,
  };
}
