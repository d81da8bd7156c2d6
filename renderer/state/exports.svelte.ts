/** Taking the generator, or a sheet of its images, out of the app. */
import {
  EXPORT_FORMAT_NAMES,
  toFailure,
  type Api,
  type CommandOutput,
  type ExportFormat,
  type Failure,
  type SheetRequest,
  type StudioEvent,
} from '#main/contract/index.ts';

import { SheetPreview } from './sheet-preview.svelte.ts';

type Exporting = Extract<StudioEvent, { type: 'exporting' }>;
export type GeneratorExport = CommandOutput<'export.generator'>[number];
export type SheetExport = CommandOutput<'export.sheet'>;

/** One export as its card shows it: idle, under way, done or failed. */
class Task<Result> {
  busy = $state(false);
  result = $state.raw<Result | undefined>();
  failure = $state.raw<Failure | undefined>();

  /** `work` answers undefined when the person cancelled; what was there before then stays. */
  async perform(work: () => Promise<Result | undefined>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = undefined;
    try {
      const result = await work();
      if (result !== undefined) this.result = result;
      return result !== undefined;
    } catch (error) {
      this.result = undefined;
      this.failure = toFailure(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  clear(): void {
    this.result = undefined;
    this.failure = undefined;
  }
}

export class Exports {
  /** One for each format. */
  readonly generators = Object.fromEntries(
    EXPORT_FORMAT_NAMES.map((format) => [format, new Task<GeneratorExport>()]),
  ) as Record<ExportFormat, Task<GeneratorExport>>;
  readonly sheet = new Task<SheetExport>();
  readonly preview: SheetPreview;
  count = $state(64);
  seed = $state(1);
  /** How many times the pictures of a sheet are enlarged. */
  scale = $state(1);
  /** Place of the only class of a sheet; undefined makes a row of each. */
  classOf = $state<number | undefined>();
  /** How many times a saved sample is enlarged. */
  sampleScale = $state(4);
  /** What is under way. */
  progress = $state.raw<Exporting | undefined>();
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.preview = new SheetPreview(api);
  }

  /** What the sheet is asked for by. */
  get request(): SheetRequest {
    const { seed, count, classOf } = this;
    return { seed, count, ...(classOf === undefined ? {} : { class: classOf }) };
  }

  /** False where it failed or was called off. */
  saveGenerator(format: ExportFormat): Promise<boolean> {
    return this.generators[format].perform(async () => {
      const { path } = await this.#api.call('export.chooseFolder', {});
      return path === null
        ? undefined
        : (await this.#api.call('export.generator', { formats: [format], folder: path }))[0];
    });
  }

  saveSheet(name: string): Promise<boolean> {
    return this.sheet.perform(async () => {
      const { path } = await this.#api.call('export.chooseFile', { name });
      return path === null
        ? undefined
        : this.#api.call('export.sheet', { ...this.request, file: path, scale: this.scale });
    });
  }

  /** Asks where to, and writes what the page made. Undefined where it was called off; throws StudioError. */
  async savePicture(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    const { path } = await this.#api.call('export.chooseFile', { name });
    return path === null ? undefined : (await this.#api.call('export.file', { file: path, bytes })).file;
  }

  apply(progress: Exporting): void {
    this.progress = progress;
  }

  clear(): void {
    for (const task of Object.values(this.generators)) task.clear();
    this.sheet.clear();
    this.preview.clear();
    this.classOf = undefined;
  }
}
