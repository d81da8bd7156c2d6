/** The checkpoints of a run that are on disk, and which of them are kept. */
import { toFailure, type Api, type CheckpointEntry, type Failure } from '#main/contract/index.ts';

export class Checkpoints {
  /** Newest first; undefined until they are known. */
  list = $state.raw<readonly CheckpointEntry[] | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly newest = $derived(this.list?.[0]);
  readonly best = $derived(this.list?.find(({ isBest }) => isBest));
  readonly #api: Api;
  readonly #folder: () => string | undefined;
  /** Of the newest question: answers to those before it are dropped. */
  #ticket = 0;

  constructor(api: Api, folder: () => string | undefined) {
    this.#api = api;
    this.#folder = folder;
  }

  load(): Promise<void> {
    return this.#take((folder) => this.#api.call('runs.checkpoints', { folder }));
  }

  /** Keeps the checkpoint of this step however many come after it, or no longer. */
  keep(step: number, keep: boolean): Promise<void> {
    return this.#take((folder) => this.#api.call('runs.keep', { folder, step, keep }));
  }

  async #take(ask: (folder: string) => Promise<CheckpointEntry[]>): Promise<void> {
    const folder = this.#folder();
    if (folder === undefined) return;
    const ticket = ++this.#ticket;
    try {
      const list = await ask(folder);
      if (ticket !== this.#ticket) return;
      this.list = list;
      this.failure = undefined;
    } catch (error) {
      if (ticket === this.#ticket) this.failure = toFailure(error);
    }
  }
}
