/** What the app and a utility process say to each other; both sides parse what they receive. */
import { z } from 'zod';
import {
  answerSchema,
  failureSchema,
  requestSchema,
  studioEventSchema,
  type Command,
} from '#main/contract/index.ts';
import { foldersSchema } from '#main/folders.ts';

/** A command whose input the app has parsed already: only its name is checked. */
const commandSchema = z.custom<Command>((value) => requestSchema.safeParse(value).success);

/** What a side process does. */
const sideKindSchema = z.enum(['decoder', 'export check']);
export type SideKind = z.infer<typeof sideKindSchema>;

export const toHostSchema = z.discriminatedUnion('type', [
  /** The first message, sent once. */
  z.object({ type: z.literal('begin'), folders: foldersSchema }),
  /** The folders that hold from now on. */
  z.object({ type: z.literal('folders'), folders: foldersSchema }),
  z.object({ type: z.literal('command'), id: z.number().int(), command: commandSchema }),
  /** The side process that was asked for under this number; the port to it comes with the message. */
  z.object({ type: z.literal('side'), id: z.number().int() }),
  /** It ended unexpectedly: its exit code, or the number of the signal that ended it. */
  z.object({ type: z.literal('side-ended'), id: z.number().int(), code: z.number().int() }),
  /** Asks for a sign of life. */
  z.object({ type: z.literal('ping') }),
  /** Asks the host to save what is under way, then to exit. */
  z.object({ type: z.literal('close') }),
]);
export type ToHost = z.infer<typeof toHostSchema>;

export const fromHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.number().int(), answer: answerSchema }),
  z.object({ type: z.literal('events'), events: z.array(studioEventSchema) }),
  /** A sign of life. */
  z.object({ type: z.literal('pong') }),
  /** A side process is wanted, or no longer wanted. */
  z.object({ type: z.literal('side-wanted'), id: z.number().int(), kind: sideKindSchema }),
  z.object({ type: z.literal('side-unwanted'), id: z.number().int() }),
  /** Sent before an exit that nobody asked for. */
  z.object({ type: z.literal('broken'), failure: failureSchema }),
]);
export type FromHost = z.infer<typeof fromHostSchema>;
