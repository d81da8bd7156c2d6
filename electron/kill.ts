/** Ends a utility process that may be in the middle of a native call, where it hears no gentler signal. */
import type { UtilityProcess } from 'electron';

export function kill(child: UtilityProcess): void {
  const { pid } = child;
  // Before it has a number it is still being started.
  if (pid === undefined) {
    child.once('spawn', () => kill(child));
    return;
  }
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
