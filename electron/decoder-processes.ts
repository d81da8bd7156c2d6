/** The decoding processes of one host: utility processes, which only the app itself can start. */
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { onFatalError } from './electron-versions.ts';
import { log } from './log.ts';
import { kill } from './kill.ts';
import type { Tell } from './supervisor.ts';

export class DecoderProcesses {
  private readonly file: string;
  private readonly tell: Tell;
  private readonly running = new Map<number, UtilityProcess>();

  constructor(file: string, tell: Tell) {
    this.file = file;
    this.tell = tell;
  }

  /** Starts one, and hands the host the port to it. */
  open(id: number): void {
    const child = utilityProcess.fork(this.file, [], { serviceName: 'GAN Studio decoder', stdio: 'ignore' });
    const { port1, port2 } = new MessageChannelMain();
    this.running.set(id, child);
    onFatalError(child, (location) => log.error(`V8 gave up in a decoder, at ${location}.`));
    child.once('spawn', () => log.info(`A decoder started, process ${child.pid}.`));
    child.once('exit', (code) => {
      if (!this.running.delete(id)) return;
      log.warn(`A decoder ended by itself, exit code ${code}.`);
      this.tell({ type: 'decoder-ended', id, code });
    });
    child.postMessage(undefined, [port1]);
    this.tell({ type: 'decoder', id }, [port2]);
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
