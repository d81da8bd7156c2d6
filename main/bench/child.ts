/** Starts programs that end when ours ends, in whatever way. */
import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const living = new Set<ChildProcess>();
let isListening = false;

/** What a program printed, and its exit code; null if a signal ended it. */
export type Ended = { status: number | null; stdout: string; stderr: string };

/**
 * Runs a program to its end. Rejects if it cannot be started. Its standard input stays open as long as ours
 * runs: by reading it to the end, a program learns that ours was killed.
 */
export async function runToEnd(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(command, words, { env: { ...process.env, ...environment } });
  endWithUs(child);
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

/** Ends this program when ours ends or receives a signal to. */
export function endWithUs(child: ChildProcess): void {
  living.add(child);
  child.once('exit', () => living.delete(child));
  if (isListening) return;
  isListening = true;
  process.on('exit', endAll);
  for (const signal of SIGNALS)
    process.once(signal, () => {
      endAll();
      process.kill(process.pid, signal);
    });
}

/** Ends our program when the one that started it has ended, which closes our standard input. */
export function endWithParent(): void {
  process.stdin.once('end', () => process.exit(1)).resume();
  // Waiting for it must not keep our program running.
  if ('unref' in process.stdin) process.stdin.unref();
}

/**
 * The first lines of a Python program, which end it when the program that started it has ended. They read the
 * standard input without Python's buffer, whose lock would disturb a normal end.
 */
export const PYTHON_ENDS_WITH_US = `import os, threading
def end_with_parent():
    while os.read(0, 4096):
        pass
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
`;

function endAll(): void {
  for (const child of living) child.kill('SIGKILL');
}
