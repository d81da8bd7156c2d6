/**
 * Everything the renderer may ask for: one table of commands, each with the schemas of its input and its
 * answer.
 */
import { z } from 'zod';
import { ABOUT_COMMANDS } from './about.ts';
import { catalogueSchema } from './catalogue-entries.ts';
import { nothing } from './command-inputs.ts';
import { DATASET_COMMANDS } from './dataset-commands.ts';
import { EXPORT_COMMANDS } from './export-commands.ts';
import { INSPECT_COMMANDS } from './inspect.ts';
import { LAB_COMMANDS } from './lab.ts';
import { LATENT_COMMANDS } from './latent-commands.ts';
import { PREFERENCE_COMMANDS } from './preferences.ts';
import { RUN_COMMANDS } from './run-commands.ts';
import { RUNS_COMMANDS } from './runs-commands.ts';

/**
 * `host` names the process that answers: `studio` the main process, `library` and `trainer` their utility
 * processes.
 */
export const COMMANDS = {
  ...ABOUT_COMMANDS,
  ...PREFERENCE_COMMANDS,
  ...DATASET_COMMANDS,
  ...RUNS_COMMANDS,
  'catalogue.list': { host: 'trainer', input: nothing, output: catalogueSchema },
  ...RUN_COMMANDS,
  ...LAB_COMMANDS,
  ...LATENT_COMMANDS,
  ...EXPORT_COMMANDS,
  ...INSPECT_COMMANDS,
  /** Shows a run or an export in the file manager. */
  'studio.reveal': { host: 'studio', input: z.object({ path: z.string() }), output: nothing },
} as const satisfies Record<string, { host: Host; input: z.ZodType; output: z.ZodType }>;

export type Host = 'studio' | 'library' | 'trainer';
export type CommandName = keyof typeof COMMANDS;
export type CommandInput<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['output']>;

/** A command with its input as the command's own schema has parsed it. */
export type Command<Name extends CommandName = CommandName> = { name: Name; input: CommandInput<Name> };

/** The commands that one host answers. */
export type CommandsOf<Owner extends Host> = {
  [Name in CommandName]: (typeof COMMANDS)[Name]['host'] extends Owner ? Name : never;
}[CommandName];

/** A handler for every command of one host; `satisfies` makes a missing one a type error. */
export type Handlers<Owner extends Host> = {
  [Name in CommandsOf<Owner>]: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};
