/**
 * A process that decodes, as the pool sees it.
 *
 * What differs between the command line and the app is told here. On the command line it is a child process,
 * started below. In the app only the main process can start one, as a utility process: a host asks for it,
 * gets a port to it, and is told of its end (electron/side-ports.ts). Both run the same code
 * (main/pictures/serve.ts), behind an entry of its own: main/decoder.ts, electron/decoder-host.ts.
 */
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import os from 'node:os';
import { fromDecoderSchema, type FromDecoder, type ToDecoder } from './messages.ts';

export type DecoderProcess = {
  /** Waits until the process is up. */
  send(message: ToDecoder): void;
  /** It is gone at once, whatever it is doing; no end is told after that. */
  kill(): void;
};

/** What the pool wants to hear of a process. */
export type DecoderListener = {
  onMessage(message: FromDecoder): void;
  /** It ended unexpectedly: by its exit code, or by the number of the signal that ended it. */
  onEnd(code: number): void;
};

export type StartDecoder = (listener: DecoderListener) => DecoderProcess;

/**
 * Child processes of this program that run `file`; `mostBytes`: the memory that one may take, in place of its
 * own bound.
 */
export function decoderChildren(file: string, { mostBytes }: { mostBytes?: number } = {}): StartDecoder {
  return ({ onMessage, onEnd }) => {
    const child = forked(file, mostBytes === undefined ? [] : [String(mostBytes)]);
    let hasEnded = false;
    // What it answered before its end is heard first.
    const end = (code: number) =>
      setImmediate(() =>
        setImmediate(() => {
          if (!hasEnded) onEnd(code);
          hasEnded = true;
        }),
      );
    if (!child) {
      end(1);
      return { send: () => undefined, kill: () => (hasEnded = true) };
    }
    child.on('message', (received) => {
      const { data: message } = fromDecoderSchema.safeParse(received);
      if (message) onMessage(message);
      else child.kill('SIGABRT'); // it talks nonsense
    });
    child.on('error', () => end(1));
    child.once('exit', (code, signal) => end(endOf(code, signal)));
    return {
      send: (message) => {
        if (child.connected) child.send(message, () => undefined);
      },
      kill() {
        hasEnded = true;
        child.kill('SIGKILL');
        // A program that has nothing else to do need not wait for what is left of it.
        child.unref();
        child.channel?.unref();
      },
    };
  };
}

/** A child of this program that prints nothing, and is sent bytes as they are. */
export const SILENT_CHILD: ForkOptions = {
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  execArgv: [],
};

/** Nothing where the system has no room for another process. */
function forked(file: string, words: string[]): ChildProcess | undefined {
  try {
    return fork(file, words, SILENT_CHILD);
  } catch {
    return undefined;
  }
}

/** The signal that ends what takes too much memory, by the system or by the process itself. */
export const KILLED = os.constants.signals.SIGKILL;
/** What native code does that gets no memory, or finds itself broken. */
export const ABORTED = os.constants.signals.SIGABRT;

/** How a child ended: its exit code, or the number of the signal. */
export const endOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? (signal ? os.constants.signals[signal] : 1);

/** Whether memory may have run out where a process ended so; a shell adds 128 to the number of a signal. */
export const mayLackMemory = (end: number): boolean => [ABORTED, KILLED].includes(end % 128);
