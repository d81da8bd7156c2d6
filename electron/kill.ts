/** Kills a utility process, which in the middle of a native call would not notice a gentler signal. */
import type { UtilityProcess } from 'electron';

export function kill(child: UtilityProcess): void {
  const { pid } = child;
  // Without a process id, it is still being started.
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
