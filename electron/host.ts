/**
 * What both hosts have in common: commands in, answers and batches of events out, and an end that leaves
 * nothing behind.
 */
import type { MessagePortMain } from 'electron';
import { toFailure, type Answer, type Command, type StudioEvent } from '#main/contract/index.ts';
import { createDecoders, type Decoders } from '#main/decoding/index.ts';
import { checksIn, type CheckExport } from '#main/export-checks/index.ts';
import type { Folders } from '#main/folders.ts';
import { SidePorts } from './side-ports.ts';
import { dispatch, type SomeHandlers } from './dispatch.ts';
import { EventBatch } from './event-batch.ts';
import { toHostSchema, type FromHost, type ToHost } from './host-messages.ts';

/** What a host serves: the handlers of its commands, and how to close it. */
export type Service = { handlers: SomeHandlers; close(): Promise<void> };

type Open = (input: {
  folders: Folders;
  decoders: Decoders;
  checkExport: CheckExport;
  emit: (event: StudioEvent) => void;
}) => Service;

/**
 * Runs this utility process as a host, whose service opens when the app has sent its folders; `interval`:
 * milliseconds between two batches of events.
 */
export function serve(open: Open, { interval }: { interval: number }): void {
  exitWhenBroken();
  const host = new ServingHost(open, { interval });
  // A terminal's Ctrl+C reaches the app and its hosts alike.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, host.close);
  process.parentPort.on('message', ({ data, ports: [port] }) => host.take(toHostSchema.parse(data), port));
}

const post = (message: FromHost) => process.parentPort.postMessage(message);

/** Obeys the app, one message after the other. */
class ServingHost {
  /** Lets the service save what is under way, then ends the process. */
  readonly close = once(() => {
    this.decoders.close();
    void (this.service?.close() ?? Promise.resolve()).finally(() => {
      this.batch.flush();
      setImmediate(() => process.exit(0));
    });
  });
  private readonly open: Open;
  private readonly batch: EventBatch;
  private readonly ports = new SidePorts(post);
  private readonly decoders = createDecoders({ start: this.ports.startDecoder });
  private service: Service | undefined;
  private folders: Folders | undefined;

  constructor(open: Open, { interval }: { interval: number }) {
    this.open = open;
    this.batch = new EventBatch((events) => post({ type: 'events', events }), { interval });
  }

  take(message: ToHost, port: MessagePortMain | undefined): void {
    switch (message.type) {
      case 'begin':
        return this.begin(message.folders);
      case 'folders':
        // The service holds the same object.
        if (this.folders) Object.assign(this.folders, message.folders);
        return;
      case 'command':
        // Within the port's own callback, Electron 22 treats a rejection as unhandled before its handler is
        // in place.
        setImmediate(() => void this.obey(message.id, message.command));
        return;
      case 'side':
        return this.ports.take(message.id, port);
      case 'side-ended':
        return this.ports.ended(message.id, message.code);
      case 'ping':
        return post({ type: 'pong' });
      case 'close':
        return this.close();
      default:
        throw new Error(`No such message: ${JSON.stringify(message satisfies never)}`);
    }
  }

  private begin(folders: Folders): void {
    const { decoders, ports, batch } = this;
    this.folders = folders;
    const emit = (event: StudioEvent) => batch.add(event);
    this.service = this.open({ folders, decoders, checkExport: checksIn(ports.startCheck), emit });
  }

  private async obey(id: number, command: Command): Promise<void> {
    const answered = await answer(this.service, command);
    this.batch.flush();
    post({ type: 'answer', id, answer: answered });
  }
}

/** Does the work only the first time that it is called. */
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

/** Ends the process on an uncaught error: its state cannot be trusted, and the app starts a fresh one. */
function exitWhenBroken(): void {
  const exitBroken = (error: unknown) => {
    console.error(error);
    post({ type: 'broken', failure: toFailure(error) });
    setImmediate(() => process.exit(1));
  };
  process.on('uncaughtException', exitBroken);
  process.on('unhandledRejection', exitBroken);
}
