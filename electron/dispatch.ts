/** Finds the handler of a command; the command's input was parsed where it came from the page, in ipc.ts. */
import {
  COMMANDS,
  StudioError,
  type Command,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '#main/contract/index.ts';

/** The handlers of one process; where they are made, `Handlers<Host>` ensures that none is missing. */
export type SomeHandlers = {
  [Name in CommandName]?: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};

/** Answers one command; throws StudioError `misdirected` when another process answers it. */
export async function dispatch<Name extends CommandName>(
  handlers: SomeHandlers,
  { name, input }: Command<Name>,
): Promise<unknown> {
  const handler = handlers[name];
  if (handler) return handler(input);
  throw new StudioError({
    code: 'misdirected',
    message: `${name} went to the wrong process; the ${COMMANDS[name].host} process answers it.`,
    remedy: 'Restart GAN Studio.',
  });
}
