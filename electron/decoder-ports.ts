/** Decoding processes as a host has them: the app starts and ends them, and hands the host a port to each. */
import type { MessagePortMain } from 'electron';
import {
  fromDecoderSchema,
  type DecoderListener,
  type StartDecoder,
  type ToDecoder,
} from '#main/decoding/index.ts';
import type { FromHost } from './host-messages.ts';

type Known = DecoderListener & { port?: MessagePortMain; waiting: ToDecoder[] };

export class DecoderPorts {
  private readonly post: (message: FromHost) => void;
  private readonly known = new Map<number, Known>();
  private count = 0;

  constructor(post: (message: FromHost) => void) {
    this.post = post;
  }

  readonly start: StartDecoder = (listener) => {
    const id = this.count++;
    const mine: Known = { ...listener, waiting: [] };
    this.known.set(id, mine);
    this.post({ type: 'decoder-wanted', id });
    return {
      send(message) {
        if (mine.port) mine.port.postMessage(message);
        else mine.waiting.push(message);
      },
      kill: () => {
        if (this.known.delete(id)) this.post({ type: 'decoder-unwanted', id });
        mine.port?.close();
      },
    };
  };

  /** The app has started the process. */
  take(id: number, port: MessagePortMain | undefined): void {
    const mine = this.known.get(id);
    if (!mine || !port) return;
    mine.port = port;
    port.on('message', ({ data }) =>
      setImmediate(() => {
        const { data: message } = fromDecoderSchema.safeParse(data);
        if (!this.known.has(id)) return;
        if (message) mine.onMessage(message);
        else this.endGarbled(id);
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

  /** It talks nonsense. */
  private endGarbled(id: number): void {
    this.post({ type: 'decoder-unwanted', id });
    this.forget(id, 1);
  }
}
