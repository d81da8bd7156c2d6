/** Watches a utility process while it lives, so that its end can be explained. */
import os from 'node:os';
import { app, type UtilityProcess } from 'electron';
import {
  COMMANDS,
  lessMemory,
  type Command,
  type CommandName,
  type RunConfig,
} from '#main/contract/index.ts';
import type { LastWords } from './last-words.ts';

const LOOK_MILLISECONDS = 2000;
/** V8 writes where it gave up, then its stack, in some thirty lines. */
const LINES_KEPT = 60;

export class Vitals {
  private written: string[] = [];
  private held: number | undefined;
  private config: RunConfig | undefined;
  private readonly looking: ReturnType<typeof setInterval>;

  constructor(child: UtilityProcess) {
    this.looking = setInterval(() => this.look(child.pid), LOOK_MILLISECONDS);
    this.looking.unref();
  }

  /** Takes in a line that it wrote to standard error, or the location where V8 gave up. */
  wrote(line: string): void {
    this.written = [...this.written, line].slice(-LINES_KEPT);
  }

  /** Takes in a command that it is sent: a run may use up all memory before its start is answered. */
  asked(command: Command): void {
    if (command.name === 'run.start') this.config = COMMANDS['run.start'].input.parse(command.input).config;
  }

  /** Takes in an answer: the settings of the run that it trains. */
  heard(name: CommandName, output: unknown): void {
    if (name !== 'run.start' && name !== 'run.resume') return;
    this.config = COMMANDS[name].output.safeParse(output).data?.config;
  }

  /** How the run that it trains can do with less memory; undefined when it trained none. */
  get lessMemory(): string | undefined {
    return this.config && lessMemory(this.config);
  }

  /** Stops watching; returns all that is known at its end. */
  atEnd(ending: Pick<LastWords, 'code' | 'failure'>): LastWords {
    clearInterval(this.looking);
    return { ...ending, written: this.written, held: this.held, all: memoryOfMachine() };
  }

  private look(pid: number | undefined): void {
    const memory = app.getAppMetrics().find((each) => each.pid === pid)?.memory;
    if (memory) this.held = 1024 * Math.max(memory.peakWorkingSetSize, memory.workingSetSize);
  }
}

/** In bytes; in a container, the container's limit. */
function memoryOfMachine(): number {
  const { constrainedMemory } = process as { constrainedMemory?: () => number };
  const most = constrainedMemory?.() ?? 0;
  return most > 0 ? Math.min(most, os.totalmem()) : os.totalmem();
}
