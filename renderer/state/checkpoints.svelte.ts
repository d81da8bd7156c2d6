/** The checkpoints of a run that are on disk, and which of them are kept. */
import { toFailure, type Api, type CheckpointEntry, type Failure } from '#main/contract/index.ts';

export class Checkpoints {
  /** Newest first; undefined until they have been read. */
  list = $state.raw<readonly CheckpointEntry[] | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly newest = $derived(this.list?.[0]);
  readonly best = $derived(this.list?.find(({ isBest }) => isBest));
  readonly #api: Api;
  readonly #folder: () => string | undefined;
  /** Number of the newest request; answers to earlier ones are dropped. */
  #ticket = 0;

  constructor(api: Api, folder: () => string | undefined) {
    this.#api = api;
    this.#folder = folder;
  }

  load(): Promise<void> {
    return this.#take((folder) => this.#api.call('runs.checkpoints', { folder }));
  }

  /** Keeps the checkpoint of this step, however many come after it; `keep` false lets it be deleted again. */
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
