/** One export as its card shows it: idle, in progress, done, failed or cancelled. */
import { toFailure, type Failure } from '#main/contract/index.ts';

export class Task<Result> {
  busy = $state(false);
  result = $state.raw<Result | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** Whether it was cancelled while it was in progress. */
  cancelled = $state(false);
  /** Number of the run in the trainer; the outcome of an export of an earlier one is not shown. */
  #generation = 0;

  /**
   * Does the work; resolves to false if it failed or was cancelled. `work` says that it was cancelled by
   * undefined, or by a failure with code `cancelled`.
   */
  async perform(work: () => Promise<Result | undefined>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const generation = this.#generation;
    const isOfThisRun = (): boolean => generation === this.#generation;
    try {
      const result = await work();
      if (result === undefined) return false;
      if (isOfThisRun()) this.#show({ result });
      return true;
    } catch (error) {
      const failure = toFailure(error);
      if (isOfThisRun()) this.#show(failure.code === 'cancelled' ? { cancelled: true } : { failure });
      return false;
    } finally {
      this.busy = false;
    }
  }

  clear(): void {
    this.#generation++;
    this.#show({});
  }

  #show({ result, failure, cancelled = false }: Outcome<Result>): void {
    this.result = result;
    this.failure = failure;
    this.cancelled = cancelled;
  }
}

type Outcome<Result> = { result?: Result; failure?: Failure; cancelled?: boolean };
