/**
 * Checks exports in processes of their own, a fresh one for each, so that a crash of a runtime harms nothing
 * else.
 *
 * On the command line such a process is a child of this program; in the app only the main process can start
 * one (see electron/side-processes.ts). Both run ./serve.ts, from the entries main/export-check.ts and
 * electron/export-check-host.ts.
 */
import { fork } from 'node:child_process';
import { EXPORT_FORMATS, type ExportCheck, type ExportFormat, type Failure } from '../contract/index.ts';
import { endOf, mayLackMemory, SILENT_CHILD } from '../decoding/index.ts';
import { TOLERANCE } from './check-file.ts';
import { fromCheckSchema, type FromCheck, type ToCheck } from './messages.ts';

/**
 * Runs an export in its own runtime, in another process. Resolves to null if the app does not have that
 * runtime, or the signal aborts.
 */
export type CheckExport = (asked: {
  format: ExportFormat;
  folder: string;
  signal: AbortSignal;
}) => Promise<ExportCheck>;

/** A started process, whose messages go to the listener; `kill` ends it at once. */
export type CheckProcess = { send(message: ToCheck): void; kill(): void };
export type CheckListener = {
  onMessage(message: unknown): void;
  /** The process ended unexpectedly, with this exit code or number of a signal. */
  onEnd(code: number): void;
};
export type StartCheck = (listener: CheckListener) => CheckProcess;

/** A check that takes longer fails. */
const LIMIT_MILLISECONDS = 120_000;

/** Starts a process for every check. */
export function checksIn(
  start: StartCheck,
  { limitMilliseconds = LIMIT_MILLISECONDS }: { limitMilliseconds?: number } = {},
): CheckExport {
  return async ({ format, folder, signal }) => {
    const about = EXPORT_FORMATS[format];
    if (!('runtime' in about) || signal.aborted) return null;
    const answer = await asked(start, { format, folder, signal, limitMilliseconds });
    if (answer.type === 'no-runtime') return null;
    if (answer.type === 'failed') return { failure: answer.failure };
    const { difference } = answer;
    return difference <= TOLERANCE
      ? { runtime: about.runtime, difference }
      : { failure: differs(about.runtime, difference) };
  };
}

function asked(
  start: StartCheck,
  { signal, limitMilliseconds, ...message }: ToCheck & { signal: AbortSignal; limitMilliseconds: number },
): Promise<FromCheck> {
  return new Promise((resolve) => {
    const end = (answer: FromCheck) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      started.kill();
      resolve(answer);
    };
    const cancel = () => end({ type: 'no-runtime' });
    const started = start({
      onMessage(received) {
        const { data: answer } = fromCheckSchema.safeParse(received);
        end(answer ?? failed('its answer could not be read'));
      },
      onEnd: (code) => end(failed(whyEnded(code))),
    });
    const timer = setTimeout(
      () => end(failed(`it took longer than ${limitMilliseconds / 1000} seconds`)),
      limitMilliseconds,
    );
    signal.addEventListener('abort', cancel);
    started.send(message);
  });
}

/** `code` is the exit code or the number of the signal. */
const whyEnded = (code: number): string =>
  `its process ended unexpectedly (exit code ${code})${mayLackMemory(code) ? '; memory may have run out' : ''}`;

const differs = (runtime: string, difference: number): Failure => ({
  code: 'check-failed',
  message: `In ${runtime}, the numbers of the export differ from the studio’s by up to ${difference.toPrecision(2)}.`,
  remedy: 'Choose another format, and report this with the run’s config.json.',
});

function failed(why: string): FromCheck {
  const failure: Failure = {
    code: 'check-failed',
    message: `The export could not be run: ${why}.`,
    remedy: 'Compare it with check.json in the program that is to use it, or export it again.',
  };
  return { type: 'failed', failure };
}

/** Children of this program that run `file`. */
export function checkChildren(file: string): StartCheck {
  return ({ onMessage, onEnd }) => {
    const child = fork(file, [], SILENT_CHILD);
    child.on('message', onMessage);
    child.once('error', () => onEnd(1));
    child.once('exit', (code, signal) => onEnd(endOf(code, signal)));
    return {
      send: (message) => child.send(message, () => undefined),
      kill: () => child.kill('SIGKILL'),
    };
  };
}
