/** The app in tests of the page: it answers commands as a test says, and records what it was asked. */
import {
  COMMANDS,
  type Api,
  type Command,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '#main/contract/index.ts';

/** How a test answers a command: at once, or later. */
export type Answer<Name extends CommandName> = (
  input: CommandInput<Name>,
) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
/** A request: the name of a command, with the input of that command. */
export type Asked = { [Name in CommandName]: Command<Name> }[CommandName];
export type Answers = { [Name in CommandName]?: Answer<Name> };

/**
 * An app with these answers, and with `{}` for commands that answer nothing; any other command is an error.
 */
export function fakeApi(answers: Answers = {}) {
  const asked: Asked[] = [];
  const api: Api = {
    call<Name extends CommandName>(name: Name, input: CommandInput<Name>) {
      asked.push({ name, input } as Asked);
      // Not an async function, which would delay answers that are promises: they arrive in the order they are
      // made in.
      try {
        const answer: Answer<Name> = answers[name] ?? nothingFrom(name);
        return Promise.resolve(answer(input));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
    subscribe: () => () => undefined,
  };
  /** The inputs of all requests of this command, the oldest first. */
  const inputsOf = <Name extends CommandName>(name: Name) =>
    asked.flatMap((each) => (each.name === name ? [each.input as CommandInput<Name>] : []));
  return { api, asked, inputsOf };
}

function nothingFrom<Name extends CommandName>(name: Name): Answer<Name> {
  const { success, data } = COMMANDS[name].output.safeParse({});
  if (!success) throw new Error(`The test has no answer to ${name}.`);
  return () => data as CommandOutput<Name>;
}

/** An answer for `fakeApi` that waits: the test answers or refuses each of the requests, in any order. */
export function held<Name extends CommandName>() {
  const requests: {
    input: CommandInput<Name>;
    answer(output: CommandOutput<Name>): void;
    refuse(why: Error): void;
  }[] = [];
  const hold: Answer<Name> = (input) =>
    new Promise((answer, refuse) => requests.push({ input, answer, refuse }));
  return { requests, hold };
}

/** Resolves once everything has happened that needs no further answer. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
