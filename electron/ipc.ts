/**
 * The border between the page and the app: checks the sender, parses the command, checks its paths, then
 * answers or forwards it.
 */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import {
  COMMANDS,
  COMMAND_CHANNEL,
  EVENT_CHANNEL,
  StudioError,
  toFailure,
  type Answer,
  type Command,
  type CommandInput,
  type CommandName,
  type Failure,
  type Handlers,
  type StudioEvent,
} from '#main/contract/index.ts';
import { pathsIn } from './command-paths.ts';
import { dispatch } from './dispatch.ts';
import { picturesOf, placesOf } from './dropped.ts';
import type { Grants } from './grants.ts';
import { describeError, log } from './log.ts';
import { pageMessageSchema, type PageMessage } from './page-messages.ts';
import { isPageUrl } from './page-scheme.ts';
import { requireRunsFolder, type RunsFolder } from './runs-folder.ts';
import type { HostName } from './host-process.ts';
import type { Supervisor } from './supervisor.ts';

type Drop = Extract<PageMessage, { from: 'drop' }>;

type Border = {
  window: BrowserWindow;
  grants: Grants;
  handlers: Handlers<'studio'>;
  hosts: Record<HostName, Supervisor>;
  /** Called with every command that was answered, and its output. */
  answered: (command: Command, output: unknown) => void;
  runsFolder: () => RunsFolder;
};

/** The schemas of all inputs, typed so that TypeScript sees that a command's input fits its handler. */
const INPUTS: { [Name in CommandName]: { input: z.ZodType<CommandInput<Name>> } } = COMMANDS;

/** Answers everything that this window's page sends; a failure is an answer too. */
export function answerPage(border: Border): void {
  ipcMain.handle(COMMAND_CHANNEL, async (event, received: unknown): Promise<Answer> => {
    let asked = 'A message of the page';
    try {
      requireOwnPage(border.window, event);
      const message = pageMessageSchema.parse(received);
      if (message.from === 'drop') {
        await offer(border, message);
        return { ok: true, output: {} };
      }
      asked = message.request.name;
      return { ok: true, output: await answer(border, message.request.name, message.request.input) };
    } catch (error) {
      return { ok: false, failure: logged(asked, error) };
    }
  });
}

/** Sends events to the page; dropped when the window is gone. */
export function sendEvents(window: BrowserWindow, events: StudioEvent[]): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, events);
}

/**
 * Grants the paths that a person named outside the page, and sends the page them, or why they are refused.
 */
export async function offer(
  { window, grants }: Pick<Border, 'window' | 'grants'>,
  { wanted, paths }: Pick<Drop, 'wanted' | 'paths'>,
): Promise<void> {
  try {
    const places = wanted === 'pictures' ? await picturesOf(paths) : placesOf(paths);
    for (const place of places) grants.grantReading(place);
    sendEvents(window, [
      { type: wanted === 'pictures' ? 'pictures-dropped' : 'files-dropped', paths: places },
    ]);
  } catch (error) {
    sendEvents(window, [{ type: 'drop-refused', failure: logged('A drop', error) }]);
  }
}

/** The error as the page receives it; the log has it without the command's input. */
function logged(asked: string, error: unknown): Failure {
  const failure = toFailure(error);
  log.warn(`${asked} failed: ${failure.code}: ${failure.message}`);
  if (failure.code === 'unexpected') log.error(describeError(error));
  return failure;
}

function requireOwnPage(window: BrowserWindow, { sender, senderFrame }: IpcMainInvokeEvent): void {
  const own = sender === window.webContents && senderFrame?.parent === null && isPageUrl(senderFrame.url);
  if (own) return;
  throw new StudioError({
    code: 'stranger',
    message: 'GAN Studio answers only its own page.',
    remedy: 'Restart GAN Studio.',
  });
}

/**
 * Parses the input (nobody parses it again), checks that every path in it was granted, and has the command
 * answered.
 */
async function answer<Name extends CommandName>(
  { grants, handlers, hosts, answered, runsFolder }: Border,
  name: Name,
  received: unknown,
): Promise<unknown> {
  const command: Command<Name> = { name, input: INPUTS[name].input.parse(received) };
  for (const { path, access } of pathsIn(command)) grants.require(path, access);
  if (name === 'run.start') requireRunsFolder(runsFolder());
  const { host } = COMMANDS[name];
  const output = await (host === 'studio' ? dispatch(handlers, command) : hosts[host].request(command));
  answered(command, output);
  return output;
}
