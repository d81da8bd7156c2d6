/**
 * Starts, watches and ends the process of a host, and distinguishes an exit that was asked for from a crash.
 */
import type { MessagePortMain, UtilityProcess } from 'electron';
import {
  StudioError,
  toFailure,
  type Command,
  type CommandName,
  type Failure,
  type StudioEvent,
} from '#main/contract/index.ts';
import { Gate } from './gate.ts';
import { Heartbeat, type Patience } from './heartbeat.ts';
import { fromHostSchema, type FromHost, type ToHost } from './host-messages.ts';
import { startHost, type HostName, type HostStart } from './host-process.ts';
import { crashOf, hangInWords, silenceOf } from './host-words.ts';
import { kill } from './kill.ts';
import { log } from './log.ts';
import { PendingCommands } from './pending-commands.ts';
import { SideProcesses, type SideFiles } from './side-processes.ts';
import type { Vitals } from './vitals.ts';

/** Sends the host a message, with the ports that belong to it. */
export type Tell = (message: ToHost, ports?: MessagePortMain[]) => void;
/** What exclusive work may do with the process. */
export type Alone = {
  ask: Supervisor['request'];
  /** Ends the process, and starts it again with the settings as they are then. */
  restart(limit: { limitMilliseconds: number }): Promise<void>;
};
type Watching = HostStart & {
  /** The scripts that its side processes run. */
  sideFiles: SideFiles;
  /** How long it may be silent. */
  patience: Patience;
  emit: (events: StudioEvent[]) => void;
};

/** One utility process, started with the app and again after a crash. */
export class Supervisor {
  private readonly watching: Watching;
  private readonly pending = new PendingCommands();
  private readonly sides: SideProcesses;
  private child: UtilityProcess | undefined;
  private lastWords: Failure | undefined;
  /** Says that it hung; undefined when it did not. */
  private hang: string | undefined;
  private vitals: Vitals | undefined;
  private readonly heartbeat: Heartbeat;
  private readonly gate = new Gate();
  private closing = false;
  private restarting = false;

  constructor(watching: Watching) {
    this.watching = watching;
    this.sides = new SideProcesses(watching.sideFiles, (message, ports) => {
      if (this.child) say(this.child, message, ports);
    });
    this.heartbeat = new Heartbeat({
      patience: watching.patience,
      ask: () => this.child && say(this.child, { type: 'ping' }),
      silent: () => this.silent(),
      hung: () => this.hung(),
    });
  }

  /**
   * Has the process answer a command; rejects with StudioError, with code `host-crashed` when the process
   * ends meanwhile.
   */
  request<Name extends CommandName>(command: Command<Name>): Promise<unknown> {
    return this.gate.pass(() => this.ask(command));
  }

  /**
   * Does work during which nobody else may ask the process: earlier commands are answered first, and those
   * that come meanwhile wait. Throws StudioError `busy` when those answers take longer than the limit.
   */
  alone<Result>(
    limit: { limitMilliseconds: number },
    work: (alone: Alone) => Promise<Result>,
  ): Promise<Result> {
    const ask = <Name extends CommandName>(command: Command<Name>) => this.ask(command);
    return this.gate.alone(() => work({ ask, restart: (within) => this.restart(within) }), limit);
  }

  /** Whether it has one of these commands to answer. */
  isAsked(...names: CommandName[]): boolean {
    return this.pending.includes(names);
  }

  /** Tells the process, if it runs, the folders that hold from now on. */
  moveFolders(): void {
    if (this.child) say(this.child, { type: 'folders', folders: this.watching.settings().folders });
  }

  /** Starts the process unless it runs. */
  start(): UtilityProcess {
    if (!this.child) {
      this.child = this.spawn();
      this.heartbeat.start();
    }
    return this.child;
  }

  /** Lets the process save what is under way, and kills it when that takes longer than the limit. */
  async close(limit: { limitMilliseconds: number }): Promise<void> {
    this.closing = true;
    await this.end(limit);
  }

  private async ask<Name extends CommandName>(command: Command<Name>): Promise<unknown> {
    if (this.closing)
      throw new StudioError({ code: 'closing', message: 'GAN Studio is closing.', remedy: 'Open it again.' });
    const child = this.start();
    this.vitals?.asked(command);
    return this.pending.add(command.name, (id) => say(child, { type: 'command', id, command }));
  }

  private async restart(limit: { limitMilliseconds: number }): Promise<void> {
    if (this.closing) return;
    this.restarting = true;
    await this.end(limit);
    this.restarting = false;
    if (!this.closing) this.start();
  }

  private async end({ limitMilliseconds }: { limitMilliseconds: number }): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.heartbeat.stop();
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const timer = setTimeout(() => {
      log.error(
        `The ${this.watching.name} host took longer than ${limitMilliseconds} ms to end and was killed.`,
      );
      kill(child);
    }, limitMilliseconds);
    say(child, { type: 'close' });
    await exited;
    clearTimeout(timer);
  }

  private spawn(): UtilityProcess {
    const { child, vitals } = startHost(this.watching);
    this.lastWords = undefined;
    this.hang = undefined;
    this.vitals = vitals;
    child.on('message', (message: unknown) => this.receive(child, message));
    child.once('exit', (code) => this.ended(code));
    return child;
  }

  private receive(child: UtilityProcess, received: unknown): void {
    if (child !== this.child) return; // a late message of a process that has ended
    this.heartbeat.answered();
    const { data: message, error } = fromHostSchema.safeParse(received);
    if (message) {
      this.take(message);
      return;
    }
    this.lastWords = { ...toFailure(error), code: 'garbled' };
    kill(child);
  }

  private take(message: FromHost): void {
    switch (message.type) {
      case 'events':
        logFailures(this.watching.name, message.events);
        this.watching.emit(message.events);
        return;
      case 'pong':
        return;
      case 'side-wanted':
        this.sides.open(message.id, message.kind);
        return;
      case 'side-unwanted':
        this.sides.end(message.id);
        return;
      case 'broken':
        this.lastWords = message.failure;
        return;
      case 'answer': {
        const name = this.pending.settle(message.id, message.answer);
        if (name && message.answer.ok) this.vitals?.heard(name, message.answer.output);
        return;
      }
      default:
        throw new Error(`No such message: ${JSON.stringify(message satisfies never)}`);
    }
  }

  private silent(): void {
    const { name, patience, emit } = this.watching;
    const failure = silenceOf(name, patience);
    log.warn(`The ${name} host is silent. ${failure.message}`);
    emit([{ type: 'host-silent', host: name, failure }]);
  }

  private hung(): void {
    const { name, patience } = this.watching;
    this.hang = hangInWords(name, patience);
    if (this.child) kill(this.child);
  }

  private ended(code: number): void {
    this.child = undefined;
    this.heartbeat.stop();
    this.sides.endAll();
    const wasAsked = this.closing || this.restarting;
    const failure = this.crash(code);
    this.pending.rejectAll(failure);
    if (wasAsked) {
      log.info(`The ${this.watching.name} host ended, exit code ${code}.`);
      return;
    }
    log.error(`The ${this.watching.name} host ended unexpectedly, exit code ${code}. ${failure.message}`);
    this.watching.emit([{ type: 'host-crashed', host: this.watching.name, failure }]);
  }

  private crash(code: number): Failure {
    const { hang, vitals, lastWords } = this;
    const ended = { code, failure: lastWords };
    return crashOf(this.watching.name, {
      hang,
      ended: vitals?.atEnd(ended) ?? ended,
      lessMemory: vitals?.lessMemory,
    });
  }
}

function logFailures(name: HostName, events: StudioEvent[]): void {
  for (const event of events) {
    if ('failure' in event && event.failure)
      log.warn(`${name}: ${event.type}: ${event.failure.code}: ${event.failure.message}`);
  }
}

function say(child: UtilityProcess, message: ToHost, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports);
}
