/** Gives the bridge that the preload script puts at `window.studio` its types. */
import {
  StudioError,
  type Api,
  type Bridge,
  type CommandInput,
  type CommandName,
  type CommandOutput,
} from '#main/contract/index.ts';

declare global {
  interface Window {
    readonly studio: Bridge;
  }
}

/** Makes an Api from a Bridge: a failed answer becomes a thrown StudioError. */
export function connect(bridge: Bridge): Api {
  return {
    async call<Name extends CommandName>(
      name: Name,
      input: CommandInput<Name>,
    ): Promise<CommandOutput<Name>> {
      const answer = await bridge.request({ name, input });
      if (!answer.ok) throw new StudioError(answer.failure);
      // Safe: the type of the app's table of handlers ties this output to this command.
      return answer.output as CommandOutput<Name>;
    },
    subscribe: (listener) => bridge.subscribe(listener),
  };
}
