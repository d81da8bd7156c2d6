/**
 * The side processes of a host, seen from the host: the app starts and ends them, and gives the host a port
 * to each.
 */
import type { MessagePortMain } from 'electron';
import { fromDecoderSchema, type StartDecoder } from '#main/decoding/index.ts';
import type { StartCheck } from '#main/export-checks/index.ts';
import type { FromHost, SideKind } from './host-messages.ts';

type Listener = { onMessage(message: unknown): void; onEnd(code: number): void };
type ListenedSide = Listener & { port?: MessagePortMain; waiting: unknown[] };
type Side = { send(message: unknown): void; kill(): void };

export class SidePorts {
  private readonly post: (message: FromHost) => void;
  private readonly known = new Map<number, ListenedSide>();
  private count = 0;

  constructor(post: (message: FromHost) => void) {
    this.post = post;
  }

  readonly startDecoder: StartDecoder = ({ onMessage, onEnd }) => {
    const side = this.start('decoder', {
      onMessage(received) {
        const { data: message } = fromDecoderSchema.safeParse(received);
        if (message) {
          onMessage(message);
          return;
        }
        // A decoder whose messages do not fit is broken.
        side.kill();
        onEnd(1);
      },
      onEnd,
    });
    return side;
  };

  readonly startCheck: StartCheck = (listener) => this.start('export check', listener);

  private start(kind: SideKind, listener: Listener): Side {
    const id = this.count++;
    const mine: ListenedSide = { ...listener, waiting: [] };
    this.known.set(id, mine);
    this.post({ type: 'side-wanted', id, kind });
    return {
      send(message) {
        if (mine.port) mine.port.postMessage(message);
        else mine.waiting.push(message);
      },
      kill: () => {
        if (this.known.delete(id)) this.post({ type: 'side-unwanted', id });
        mine.port?.close();
      },
    };
  }

  /** The app has started the process. */
  take(id: number, port: MessagePortMain | undefined): void {
    const mine = this.known.get(id);
    if (!mine || !port) return;
    mine.port = port;
    port.on('message', ({ data }) =>
      setImmediate(() => {
        if (this.known.has(id)) mine.onMessage(data);
      }),
    );
    port.start();
    for (const message of mine.waiting) port.postMessage(message);
  }

  /** The process has ended by itself. */
  ended(id: number, code: number): void {
    // What it answered before its end comes another way, and is heard first.
    setImmediate(() => setImmediate(() => this.forget(id, code)));
  }

  private forget(id: number, code: number): void {
    const mine = this.known.get(id);
    if (!mine) return;
    this.known.delete(id);
    mine.port?.close();
    mine.onEnd(code);
  }
}
