/** The runs on disk, newest first, read anew each time the list is shown. */
import { toFailure, type Api, type Failure, type RunListing } from '#main/contract/index.ts';

export class EarlierRuns {
  list = $state.raw<RunListing[] | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      const list = await this.#api.call('runs.list', {});
      this.list = list.sort((a, b) => b.changed - a.changed);
      this.failure = undefined;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }
}
