/** What can be opened as a data set, and how its pictures are prepared at first. */
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  sourceKey,
  toFailure,
  type Api,
  type CommandInput,
  type DatasetSource,
  type Points,
  type RecentDataset,
} from '#main/contract/index.ts';
import type { Dataset } from './dataset.svelte.ts';

type BuiltIn = 'digits' | 'emoji';

export class Openings {
  readonly #api: Api;
  readonly #dataset: Dataset;

  constructor(api: Api, dataset: Dataset) {
    this.#api = api;
    this.#dataset = dataset;
  }

  /**
   * Lets the person choose; resolves to whether there is something to see of it: a data set that opens, or a
   * failure.
   */
  async choose(what: 'folder' | 'files'): Promise<boolean> {
    try {
      const { paths } = await this.#api.call('dataset.choose', { what });
      if (paths !== null) this.places(paths);
      return paths !== null;
    } catch (error) {
      this.#dataset.failure = toFailure(error);
      return true;
    }
  }

  /**
   * These folders, files and archives; how pictures are prepared stays as it is for pictures of one's own.
   */
  places(paths: string[]): void {
    const { recent, summary, options: shown } = this.#dataset;
    const source: DatasetSource = { kind: 'files', paths };
    const before = recent.of(source);
    const { classes, evenClasses } = before?.options ?? DEFAULT_DATASET_OPTIONS;
    const options =
      summary?.source.kind === 'files'
        ? { ...$state.snapshot(shown), classes, evenClasses }
        : (before?.options ?? DEFAULT_DATASET_OPTIONS);
    void this.#dataset.ask({ source, options, leftOut: before?.leftOut ?? [] });
  }

  builtIn(name: BuiltIn): void {
    void this.#dataset.ask(ofBuiltIn(name));
  }

  /** Opens it unless it is open, or being opened; resolves to whether it is ready. */
  readyBuiltIn(name: BuiltIn): Promise<boolean> {
    const asked = ofBuiltIn(name);
    const { source } = this.#dataset;
    const isAsked = source !== undefined && sourceKey(source) === sourceKey(asked.source);
    return isAsked ? this.#dataset.ready() : this.#dataset.ask(asked);
  }

  /** Points of a plane; how pictures are prepared stays as it is. */
  points(points: Points): void {
    const options = $state.snapshot(this.#dataset.options);
    void this.#dataset.ask({ source: { kind: 'points', points }, options, leftOut: [] });
  }

  /** What was opened before, as it was left. */
  recent({ source, options, leftOut }: RecentDataset): void {
    void this.#dataset.ask({ source, options, leftOut });
  }
}

function ofBuiltIn(name: BuiltIn): CommandInput<'dataset.open'> {
  const options = name === 'digits' ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
  return { source: { kind: 'built-in', name }, options, leftOut: [] };
}
