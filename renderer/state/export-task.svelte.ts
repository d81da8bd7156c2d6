/** One export as its card shows it: idle, under way, done, failed or called off. */
import { toFailure, type Failure } from '#main/contract/index.ts';

export class Task<Result> {
  busy = $state(false);
  result = $state.raw<Result | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** It was called off while it was under way. */
  cancelled = $state(false);
  /** Of the run: what an export of an earlier one comes to is no longer shown. */
  #generation = 0;

  /** False where it failed or was called off: `work` answers undefined, or throws code `cancelled`. */
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
