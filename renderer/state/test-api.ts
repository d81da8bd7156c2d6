/** The app as tests of the page know it: answers each command as a test says, and notes what it was asked. */
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
/** A request, as narrow as its name. */
export type Asked = { [Name in CommandName]: Command<Name> }[CommandName];
export type Answers = { [Name in CommandName]?: Answer<Name> };

/** Answers these commands, and `{}` to those that answer nothing; any other is an error. */
export function fakeApi(answers: Answers = {}) {
  const asked: Asked[] = [];
  const api: Api = {
    call<Name extends CommandName>(name: Name, input: CommandInput<Name>) {
      asked.push({ name, input } as Asked);
      // No promise around a promise: answers arrive in the order in which they are made.
      try {
        const answer: Answer<Name> = answers[name] ?? nothingFrom(name);
        return Promise.resolve(answer(input));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    },
    subscribe: () => () => undefined,
  };
  /** What this command was asked with, the oldest first. */
  const inputsOf = <Name extends CommandName>(name: Name) =>
    asked.flatMap((each) => (each.name === name ? [each.input as CommandInput<Name>] : []));
  return { api, asked, inputsOf };
}

function nothingFrom<Name extends CommandName>(name: Name): Answer<Name> {
  const { success, data } = COMMANDS[name].output.safeParse({});
  if (!success) throw new Error(`The test has no answer to ${name}.`);
  return () => data as CommandOutput<Name>;
}

/** A command whose answers wait: the test answers or refuses each request, in any order. */
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

/** When all that can go on without another answer has gone on. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
