/** The side processes of one host, seen from the app, which alone can start utility processes. */
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { onFatalError } from './electron-versions.ts';
import type { SideKind } from './host-messages.ts';
import { log } from './log.ts';
import { kill } from './kill.ts';
import type { Tell } from './supervisor.ts';

/** The script that each kind runs. */
export type SideFiles = Readonly<Record<SideKind, string>>;

export class SideProcesses {
  private readonly files: SideFiles;
  private readonly tell: Tell;
  private readonly running = new Map<number, UtilityProcess>();

  constructor(files: SideFiles, tell: Tell) {
    this.files = files;
    this.tell = tell;
  }

  /** Starts one, and gives the host the port to it. */
  open(id: number, kind: SideKind): void {
    const child = utilityProcess.fork(this.files[kind], [], {
      serviceName: `GAN Studio ${kind}`,
      stdio: 'ignore',
    });
    const { port1, port2 } = new MessageChannelMain();
    this.running.set(id, child);
    onFatalError(child, (location) => log.error(`V8 gave up in a ${kind}, at ${location}.`));
    child.once('spawn', () => log.info(`A ${kind} started, process ${child.pid}.`));
    child.once('exit', (code) => {
      if (!this.running.delete(id)) return;
      log.warn(`A ${kind} ended unexpectedly, exit code ${code}.`);
      this.tell({ type: 'side-ended', id, code });
    });
    child.postMessage(undefined, [port1]);
    this.tell({ type: 'side', id }, [port2]);
  }

  /** Ends one at once, whatever it is doing. */
  end(id: number): void {
    const child = this.running.get(id);
    this.running.delete(id);
    if (child) kill(child);
  }

  endAll(): void {
    for (const id of [...this.running.keys()]) this.end(id);
  }
}
