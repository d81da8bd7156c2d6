/** Taking the generator, or pictures of it, out of the app. */
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
  /** In the order of the table. */
  formats = $state.raw<readonly ExportFormat[]>(['html']);
  /** How pictures lie in formats that leave it open. */
  layout = $state<ExportLayout>('NCHW');
  /** Which of the run's models the person wants; undefined for the best. */
  wanted = $state<ExportFrom | undefined>();
  /** What is under way; undefined until the first format is begun. */
  progress = $state.raw<Exporting | undefined>();
  /** A place is chosen, and formats are being written and checked. */
  writing = $state(false);
  /** It is being called off. */
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

  /** Asks where to, and writes every chosen format; false where it failed or was called off. */
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

  /** Calls off what is under way; nothing of it stays. */
  async cancel(): Promise<void> {
    if (!this.writing || this.cancelling) return;
    this.cancelling = true;
    await this.#api.call('export.cancel', {}).catch(() => undefined);
  }

  /** Asks where to, and writes what the page made. Undefined where it was called off; throws StudioError. */
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
