/** The border between the page and the app: checks the sender, parses the command, checks its paths, then answers or forwards it. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import {
  COMMANDS,
  COMMAND_CHANNEL,
  EVENT_CHANNEL,
  StudioError,
  requestSchema,
  toFailure,
  type Answer,
  type CommandName,
  type Failure,
  type Handlers,
  type StudioEvent,
} from '#main/contract/index.ts';
import { pathsIn } from './command-paths.ts';
import { INPUTS, dispatch } from './dispatch.ts';
import { folderOf } from './dropped.ts';
import type { Grants } from './grants.ts';
import { describeError, log } from './log.ts';
import { pageMessageSchema } from './page-messages.ts';
import { isPageUrl } from './page-scheme.ts';
import type { HostName, Supervisor } from './supervisor.ts';

type Border = {
  window: BrowserWindow;
  grants: Grants;
  handlers: Handlers<'studio'>;
  hosts: Record<HostName, Supervisor>;
};

/** A message that names a command. */
const namedSchema = z.object({ request: requestSchema.pick({ name: true }) });

/** Answers everything that this window's page sends; a failure is an answer too. */
export function answerPage(border: Border): void {
  ipcMain.handle(COMMAND_CHANNEL, async (event, received: unknown): Promise<Answer> => {
    try {
      requireOwnPage(border.window, event);
      const message = pageMessageSchema.parse(received);
      if (message.from === 'page') return { ok: true, output: await answer(border, message.request) };
      offerFolder(border, await folderOf(message.paths));
      return { ok: true, output: {} };
    } catch (error) {
      return { ok: false, failure: refuse(received, error) };
    }
  });
}

/** Sends events to the page; dropped when the window is gone. */
export function sendEvents(window: BrowserWindow, events: StudioEvent[]): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, events);
}

/** Grants a folder that a person named outside the page, and tells the page of it. */
export function offerFolder({ window, grants }: Pick<Border, 'window' | 'grants'>, folder: string): void {
  grants.grantReading(folder);
  sendEvents(window, [{ type: 'folder-dropped', path: folder }]);
}

/** The failure that answers the page, written to the log without the input. */
function refuse(received: unknown, error: unknown): Failure {
  const failure = toFailure(error);
  const { data } = namedSchema.safeParse(received);
  log.warn(`${data?.request.name ?? 'A message of the page'} failed: ${failure.code}: ${failure.message}`);
  if (failure.code === 'unexpected') log.error(describeError(error));
  return failure;
}

function requireOwnPage(window: BrowserWindow, { sender, senderFrame }: IpcMainInvokeEvent): void {
  const own = sender === window.webContents && senderFrame?.parent === null && isPageUrl(senderFrame.url);
  if (own) return;
  throw new StudioError({
    code: 'stranger',
    message: "Only GAN Studio's own page is answered.",
    remedy: 'Restart GAN Studio.',
  });
}

async function answer(border: Border, received: unknown): Promise<unknown> {
  const { name, input } = requestSchema.parse(received);
  const parsed = parseInput(border.grants, name, input);
  const { host } = COMMANDS[name];
  if (host === 'studio') return dispatch(border.handlers, { name, input: parsed });
  return border.hosts[host].request({ name, input: parsed });
}

/** Parses the input and sees to it that every path in it was granted. */
function parseInput<Name extends CommandName>(grants: Grants, name: Name, input: unknown): unknown {
  const parsed = INPUTS[name].input.parse(input);
  for (const { path, access } of pathsIn(name, parsed)) grants.require(path, access);
  return parsed;
}
