/** The ways to open a data set, and the options with which each prepares its pictures at first. */
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

  /** Lets the person choose; resolves to false if they cancelled, and nothing opens or fails. */
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
   * Opens folders, files and archives with the options that these were opened with before, or the defaults.
   * If other files are open, their options are kept but for those about classes.
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

  /** Opens points of the plane; the options for pictures stay as they are. */
  points(points: Points): void {
    const options = $state.snapshot(this.#dataset.options);
    void this.#dataset.ask({ source: { kind: 'points', points }, options, leftOut: [] });
  }

  /** Opens a recent data set as it was left. */
  recent({ source, options, leftOut }: RecentDataset): void {
    void this.#dataset.ask({ source, options, leftOut });
  }
}

function ofBuiltIn(name: BuiltIn): CommandInput<'dataset.open'> {
  const options = name === 'digits' ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
  return { source: { kind: 'built-in', name }, options, leftOut: [] };
}
