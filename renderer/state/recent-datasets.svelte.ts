/** The recent data sets, as the app remembers them, newest first. */
import { sourceKey, type Api, type DatasetSource, type RecentDataset } from '#main/contract/index.ts';

export class RecentDatasets {
  list = $state.raw<readonly RecentDataset[]>([]);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Reads the list; resolves to the data set that was used last, or undefined if there is none. */
  async load(): Promise<RecentDataset | undefined> {
    await this.#ask(() => this.#api.call('dataset.recent', {}));
    return this.list[0];
  }

  /** The data set of this source, if it was opened before. */
  of(source: DatasetSource): RecentDataset | undefined {
    return this.list.find((each) => sourceKey(each.source) === sourceKey(source));
  }

  async remember(dataset: RecentDataset): Promise<void> {
    await this.#ask(async () => {
      await this.#api.call('dataset.remember', dataset);
      return this.#api.call('dataset.recent', {});
    });
  }

  async forget({ source }: RecentDataset): Promise<void> {
    this.list = this.list.filter((each) => sourceKey(each.source) !== sourceKey(source));
    await this.#ask(async () => {
      await this.#api.call('dataset.forget', { source });
      return this.#api.call('dataset.recent', {});
    });
  }

  async #ask(work: () => Promise<RecentDataset[]>): Promise<void> {
    try {
      this.list = await work();
    } catch {
      // The data set on show works without the list, so a failure to read or save it is not shown.
    }
  }
}
