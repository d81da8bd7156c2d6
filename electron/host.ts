/**
 * What both utility processes are made of: requests in, answers and gathered events out, and an end that
 * leaves nothing behind.
 */
import { toFailure, type Answer, type Command, type StudioEvent } from '#main/contract/index.ts';
import { createDecoders, type Decoders } from '#main/decoding/index.ts';
import { checksIn, type CheckExport } from '#main/export-checks/index.ts';
import type { Folders } from '#main/folders.ts';
import { SidePorts } from './side-ports.ts';
import { dispatch, type SomeHandlers } from './dispatch.ts';
import { EventBatch } from './event-batch.ts';
import { toHostSchema, type FromHost } from './host-messages.ts';

/** What a host answers with. */
export type Service = { handlers: SomeHandlers; close(): Promise<void> };

type Open = (given: {
  folders: Folders;
  decoders: Decoders;
  checkExport: CheckExport;
  emit: (event: StudioEvent) => void;
}) => Service;

/**
 * Turns this utility process into the service, which begins when the app has sent its folders; `interval`:
 * milliseconds between two batches of events.
 */
export function serve(open: Open, { interval }: { interval: number }): void {
  const post = (message: FromHost) => process.parentPort.postMessage(message);
  const batch = new EventBatch((events) => post({ type: 'events', events }), { interval });
  const ports = new SidePorts(post);
  const decoders = createDecoders({ start: ports.startDecoder });
  let service: Service | undefined;
  let folders: Folders | undefined;
  exitWhenBroken(post);
  const close = once(() => {
    decoders.close();
    void (service?.close() ?? Promise.resolve()).finally(() => {
      batch.flush();
      setImmediate(() => process.exit(0));
    });
  });
  const begin = (given: Folders) => {
    folders = given;
    const emit = (event: StudioEvent) => batch.add(event);
    service = open({ folders, decoders, checkExport: checksIn(ports.startCheck), emit });
  };
  const obey = async (id: number, command: Command) => {
    const answered = await answer(service, command);
    batch.flush();
    post({ type: 'answer', id, answer: answered });
  };
  // A terminal's Ctrl+C reaches the app and its hosts alike.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, close);

  process.parentPort.on('message', ({ data, ports: [port] }) => {
    const message = toHostSchema.parse(data);
    switch (message.type) {
      case 'begin':
        return begin(message.folders);
      case 'folders':
        // The service holds the same object.
        if (folders) Object.assign(folders, message.folders);
        return;
      case 'command':
        // Within the port's own callback, Electron 22 takes a rejection for unhandled before its handler is
        // in place.
        setImmediate(() => void obey(message.id, message.command));
        return;
      case 'side':
        return ports.take(message.id, port);
      case 'side-ended':
        return ports.ended(message.id, message.code);
      case 'ping':
        return post({ type: 'pong' });
      case 'close':
        return close();
      default:
        throw new Error(`No such message: ${JSON.stringify(message satisfies never)}`);
    }
  });
}

/** What is done the first time alone. */
function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}

async function answer(service: Service | undefined, command: Command): Promise<Answer> {
  try {
    if (!service) throw new Error(`${command.name} came before the folders`);
    return { ok: true, output: await dispatch(service.handlers, command) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/**
 * An error that nobody caught ends the process: its state is not to be trusted, and the app starts a fresh
 * one.
 */
function exitWhenBroken(post: (message: FromHost) => void): void {
  const giveUp = (error: unknown) => {
    console.error(error);
    post({ type: 'broken', failure: toFailure(error) });
    setImmediate(() => process.exit(1));
  };
  process.on('uncaughtException', giveUp);
  process.on('unhandledRejection', giveUp);
}
