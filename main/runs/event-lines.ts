/** The lines of events.jsonl: one event each, as JSON, with the time at which it was logged. */
import { z } from 'zod';
import { runEventSchema, withoutImages, type RunEvent } from '../contract/index.ts';

/** An event as it was logged; `time` in milliseconds since 1970. */
export type LoggedEvent = { time: number; event: RunEvent };

/** The line of an event that happens now, without its pictures: they are files of their own. */
export function lineOf(event: RunEvent): string {
  return JSON.stringify({ time: new Date().toISOString(), ...withoutImages(event) });
}

/**
 * The event in a line; undefined if the line is no event or has no time. `line` has one latin1 character for
 * each byte.
 */
export function eventIn(line: string): LoggedEvent | undefined {
  try {
    const logged: unknown = JSON.parse(Buffer.from(line, 'latin1').toString('utf8'));
    const at = Date.parse(timedSchema.parse(logged).time);
    return Number.isFinite(at) ? { time: at, event: runEventSchema.parse(upToDate(logged)) } : undefined;
  } catch {
    return undefined;
  }
}

const timedSchema = z.object({ time: z.string() });

const twoLossesSchema = z.object({
  type: z.literal('losses'),
  step: z.number(),
  discriminator: z.number(),
  generator: z.number(),
});

/** Runs of version 3 and before logged the two losses beside the step. */
function upToDate(logged: unknown): unknown {
  const { success, data } = twoLossesSchema.safeParse(logged);
  return success
    ? {
        type: data.type,
        step: data.step,
        losses: { discriminator: data.discriminator, generator: data.generator },
      }
    : logged;
}
