/**
 * A decoder process as the pool sees it.
 *
 * On the command line it is a child process, started below. In the app, only the main process can start one,
 * as a utility process: a host asks for it, receives a port to it, and is notified of its end
 * (electron/side-ports.ts). Both run the same code (main/pictures/serve.ts), each with an entry of its own:
 * main/decoder.ts and electron/decoder-host.ts.
 */
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import os from 'node:os';
import { fromDecoderSchema, type FromDecoder, type ToDecoder } from './messages.ts';

export type DecoderProcess = {
  /** Sends a message, which waits until the process has started. */
  send(message: ToDecoder): void;
  /** Ends the process at once, whatever it is doing; `onEnd` is not called. */
  kill(): void;
};

/** How a process reports to the pool. */
export type DecoderListener = {
  onMessage(message: FromDecoder): void;
  /** It ended unexpectedly, with this exit code, or the number of the signal that ended it. */
  onEnd(code: number): void;
};

export type StartDecoder = (listener: DecoderListener) => DecoderProcess;

/**
 * Starts child processes of this program that run `file`. `mostBytes` replaces the default bound of their
 * memory.
 */
export function decoderChildren(file: string, { mostBytes }: { mostBytes?: number } = {}): StartDecoder {
  return ({ onMessage, onEnd }) => {
    const child = forked(file, mostBytes === undefined ? [] : [String(mostBytes)]);
    let hasEnded = false;
    // Two rounds of the event loop, so that answers from before its end arrive first.
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
      else child.kill('SIGABRT'); // its messages are invalid
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
        // Let this program exit without waiting for the child.
        child.unref();
        child.channel?.unref();
      },
    };
  };
}

/** For a child process that prints nothing and receives bytes unconverted. */
export const SILENT_CHILD: ForkOptions = {
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  execArgv: [],
};

/** The child process; undefined if the system cannot start another one. */
function forked(file: string, words: string[]): ChildProcess | undefined {
  try {
    return fork(file, words, SILENT_CHILD);
  } catch {
    return undefined;
  }
}

/** The signal that ends a process that takes too much memory, sent by the system or by the process itself. */
export const KILLED = os.constants.signals.SIGKILL;
/** The signal by which native code ends that gets no memory, or finds its state broken. */
export const ABORTED = os.constants.signals.SIGABRT;

/** How a child ended: its exit code, or the number of the signal. */
export const endOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? (signal ? os.constants.signals[signal] : 1);

/** Whether this exit code may mean that memory ran out; a shell adds 128 to the number of a signal. */
export const mayLackMemory = (end: number): boolean => [ABORTED, KILLED].includes(end % 128);
