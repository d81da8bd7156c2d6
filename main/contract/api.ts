/** The bridge between renderer and app. */
import { z } from 'zod';
import { COMMANDS, type CommandInput, type CommandName, type CommandOutput } from './commands.ts';
import type { StudioEvent } from './events.ts';
import { failureSchema, type Failure } from './failure.ts';

const commandNames = Object.keys(COMMANDS) as [CommandName, ...CommandName[]];
/** What the page asks for; electron/ipc.ts parses `input` by the command's own schema. */
export const requestSchema = z.object({ name: z.enum(commandNames), input: z.unknown() });
export type Request = z.infer<typeof requestSchema>;

/** Errors do not cross processes whole, so an answer carries its failure as data. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), output: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
]);
export type Answer = { ok: true; output: unknown } | { ok: false; failure: Failure };

/** What the preload script exposes to the renderer as `window.studio`. */
export type Bridge = {
  request(request: Request): Promise<Answer>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (events: StudioEvent[]) => void): () => void;
};

/** The typed form of the bridge that renderer code uses; throws StudioError. */
export type Api = {
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>;
  subscribe: Bridge['subscribe'];
};
