/** Commands that a host has received and not answered yet. */
import { StudioError, type Answer, type CommandName, type Failure } from '#main/contract/index.ts';

type Pending = { name: CommandName; resolve(output: unknown): void; reject(error: StudioError): void };

export class PendingCommands {
  private readonly waiting = new Map<number, Pending>();
  private count = 0;

  /** Gives the command a number, sends it, and waits for its answer; rejects with StudioError. */
  add(name: CommandName, send: (id: number) => void): Promise<unknown> {
    const id = this.count++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { name, resolve, reject });
      send(id);
    });
  }

  /** Passes an answer on to whoever waits for it; returns the name of its command. */
  settle(id: number, answer: Answer): CommandName | undefined {
    const asker = this.waiting.get(id);
    this.waiting.delete(id);
    if (answer.ok) asker?.resolve(answer.output);
    else asker?.reject(new StudioError(answer.failure));
    return asker?.name;
  }

  /** Whether one of these commands waits for its answer. */
  includes(names: readonly CommandName[]): boolean {
    return [...this.waiting.values()].some(({ name }) => names.includes(name));
  }

  /** Rejects every command that waits, since the host has ended. */
  rejectAll(failure: Failure): void {
    for (const { reject } of this.waiting.values()) reject(new StudioError(failure));
    this.waiting.clear();
  }
}
