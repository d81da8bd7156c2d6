/** Finds the handler of a command and gives it input that the command's own schema has parsed. */
import type { z } from 'zod';
import {
  COMMANDS,
  StudioError,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type Request,
} from '#main/contract/index.ts';

/** The handlers of one process; where they are made, `Handlers<Host>` sees to it that none is missing. */
export type SomeHandlers = {
  [Name in CommandName]?: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};

/** The schemas of all inputs, in the form from which TypeScript sees that a command's input fits its handler. */
export const INPUTS: { [Name in CommandName]: { input: z.ZodType<CommandInput<Name>> } } = COMMANDS;

/** Answers one command; throws ZodError on input that does not fit, StudioError when the command belongs elsewhere. */
export async function dispatch(handlers: SomeHandlers, { name, input }: Request): Promise<unknown> {
  return answer(handlers, name, input);
}

async function answer<Name extends CommandName>(
  handlers: SomeHandlers,
  name: Name,
  input: unknown,
): Promise<unknown> {
  const handler = handlers[name];
  if (!handler) throw misdirected(name);
  return handler(INPUTS[name].input.parse(input));
}

function misdirected(name: CommandName): StudioError {
  return new StudioError({
    code: 'misdirected',
    message: `${name} went to the wrong process; the ${COMMANDS[name].host} process answers it.`,
    remedy: 'Restart GAN Studio.',
  });
}
