/** A gate that lets work pass, or holds it back during exclusive work. */
import { StudioError } from '#main/contract/index.ts';

export class Gate {
  private readonly inside = new Set<Promise<unknown>>();
  private shut: Promise<unknown> | undefined;

  /** Does the work as soon as the gate is open. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    // Another caller may have shut the gate again in the meantime.
    while (this.shut) await this.shut;
    const done = work();
    this.inside.add(done);
    try {
      return await done;
    } finally {
      this.inside.delete(done);
    }
  }

  /**
   * Shuts the gate, does this work once all work inside is done, and opens the gate again. Throws StudioError
   * `busy` when the work inside takes longer than the limit.
   */
  async alone<Result>(
    work: () => Promise<Result>,
    { limitMilliseconds }: { limitMilliseconds: number },
  ): Promise<Result> {
    while (this.shut) await this.shut;
    const done = this.empty(limitMilliseconds).then(work);
    this.shut = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      this.shut = undefined;
    }
  }

  private async empty(limitMilliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(busy()), limitMilliseconds);
    });
    try {
      await Promise.race([Promise.allSettled(this.inside), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function busy(): StudioError {
  return new StudioError({
    code: 'busy',
    message: 'The process that trains is busy.',
    remedy: 'Wait until it has finished, then try again.',
  });
}
