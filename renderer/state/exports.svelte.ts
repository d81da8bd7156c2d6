/** Exports of the generator in the trainer, and of pictures that it makes. */
import {
  EXPORT_FORMAT_NAMES,
  type Api,
  type Exported,
  type ExportFormat,
  type ExportLayout,
  type StudioEvent,
  type WhichCheckpoint,
} from '#main/contract/index.ts';
import type { ExportFrom } from './export-checkpoint.ts';
import { ExportPictures } from './export-pictures.svelte.ts';
import { Task } from './export-task.svelte.ts';

export type Exporting = Extract<StudioEvent, { type: 'exporting' }>;

export class Exports {
  readonly generator = new Task<readonly Exported[]>();
  readonly pictures: ExportPictures;
  /** The chosen formats, in the order of the table of formats. */
  formats = $state.raw<readonly ExportFormat[]>(['html']);
  /** Order of the axes of pictures, in formats that leave it open. */
  layout = $state<ExportLayout>('NCHW');
  /** The checkpoint that the person wants to export; undefined for the best. */
  wanted = $state<ExportFrom | undefined>();
  /** The format that is being written; undefined until the first one is. */
  progress = $state.raw<Exporting | undefined>();
  /** Whether a folder is chosen, and formats are being written and checked. */
  writing = $state(false);
  /** Whether the export is being cancelled. */
  cancelling = $state(false);
  /** How many times a saved sample is enlarged. */
  sampleScale = $state(4);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.pictures = new ExportPictures(api);
  }

  choose(format: ExportFormat, isChosen: boolean): void {
    this.formats = EXPORT_FORMAT_NAMES.filter((name) =>
      name === format ? isChosen : this.formats.includes(name),
    );
  }

  /**
   * Asks where to save, and writes every chosen format; resolves to false if that failed or was cancelled.
   */
  saveGenerator(checkpoint: WhichCheckpoint | undefined): Promise<boolean> {
    const { formats, layout } = this;
    return this.generator.perform(async () => {
      const { path } = await this.#api.call('export.chooseFolder', {});
      if (path === null) return undefined;
      this.progress = undefined;
      this.writing = true;
      try {
        return await this.#api.call('export.generator', {
          formats: [...formats],
          layout,
          folder: path,
          ...(checkpoint !== undefined && { checkpoint }),
        });
      } finally {
        this.progress = undefined;
        this.writing = false;
        this.cancelling = false;
      }
    });
  }

  /** Cancels the export of the generator; none of its files stay. */
  async cancel(): Promise<void> {
    if (!this.writing || this.cancelling) return;
    this.cancelling = true;
    await this.#api.call('export.cancel', {}).catch(() => undefined);
  }

  /**
   * Asks where to save bytes that the page made; resolves to the file, or undefined if cancelled. Throws
   * StudioError.
   */
  async savePicture(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
    const { path } = await this.#api.call('export.chooseFile', { name });
    return path === null ? undefined : (await this.#api.call('export.file', { file: path, bytes })).file;
  }

  apply(progress: Exporting): void {
    if (this.generator.busy) this.progress = progress;
  }

  clear(): void {
    this.generator.clear();
    this.pictures.clear();
    this.wanted = undefined;
  }
}
