/** Exports pictures, on one sheet or each in its own file: the settings, the preview and the saving. */
import {
  LARGEST_SEED,
  type Api,
  type CommandOutput,
  type PicturesKind,
  type PreviewRequest,
  type Resampling,
  type SheetRequest,
  type WhichCheckpoint,
} from '#main/contract/index.ts';
import { Task } from './export-task.svelte.ts';
import { MOST_PREVIEWED, SheetPreview } from './sheet-preview.svelte.ts';

export type SavedPictures =
  | { kind: 'sheet'; saved: CommandOutput<'export.sheet'> }
  | { kind: 'separate'; saved: CommandOutput<'export.pictures'> };

/** The most pixels in a preview: more would be slow to send to the page, and be shown no larger. */
const MOST_PREVIEWED_PIXELS = 2 ** 22;
/** The most pictures in an export. */
export const MOST_PICTURES = 256;

export class ExportPictures {
  readonly task = new Task<SavedPictures>();
  readonly preview: SheetPreview;
  kind = $state<PicturesKind>('sheet');
  count = $state(64);
  /** Seed of the sheet, or of the first separate picture; the others have the seeds that follow. */
  seed = $state(1);
  /**
   * Number of the only class, from 0; undefined makes a row of each on a sheet, and separate pictures of each
   * in turn.
   */
  classOf = $state<number | undefined>();
  /** How many times the pictures are enlarged. */
  scale = $state(1);
  resampling = $state<Resampling>('nearest');
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.preview = new SheetPreview(api);
  }

  /** The largest `seed` from which no separate picture needs a seed that does not exist. */
  get largestSeed(): number {
    return this.kind === 'separate' && this.#hasCount ? LARGEST_SEED - this.count + 1 : LARGEST_SEED;
  }

  get isValid(): boolean {
    const { seed } = this;
    return this.#hasCount && Number.isInteger(seed) && seed >= 0 && seed <= this.largestSeed;
  }

  /**
   * The request for a preview. Sharp pictures are enlarged when they are drawn. Smooth ones are enlarged by
   * the trainer, so there are fewer of them.
   * @param size pixels a side of a picture; 0 if it is not known yet
   */
  previewOf(size: number, checkpoint: WhichCheckpoint | undefined): PreviewRequest {
    const { scale, resampling, kind } = this;
    const request = { ...this.#request(checkpoint), kind };
    if (resampling === 'nearest' || scale === 1) return { ...request, count: this.#atMost(MOST_PREVIEWED) };
    const most = Math.max(1, Math.floor(MOST_PREVIEWED_PIXELS / Math.max(1, size * scale) ** 2));
    return { ...request, count: this.#atMost(Math.min(MOST_PREVIEWED, most)), scale, resampling };
  }

  /** Asks where to save, and saves; resolves to false if that failed or was cancelled. */
  save(names: { sheet: string }, checkpoint: WhichCheckpoint | undefined): Promise<boolean> {
    return this.task.perform(async () =>
      this.kind === 'sheet' ? this.#saveSheet(names.sheet, checkpoint) : this.#saveSeparate(checkpoint),
    );
  }

  clear(): void {
    this.task.clear();
    this.preview.clear();
    // The next run may have no classes, or make points, which only a sheet shows.
    this.classOf = undefined;
    this.kind = 'sheet';
  }

  async #saveSheet(
    name: string,
    checkpoint: WhichCheckpoint | undefined,
  ): Promise<SavedPictures | undefined> {
    const { path } = await this.#api.call('export.chooseFile', { name });
    if (path === null) return undefined;
    const saved = await this.#api.call('export.sheet', { ...this.#enlarged(checkpoint), file: path });
    return { kind: 'sheet', saved };
  }

  async #saveSeparate(checkpoint: WhichCheckpoint | undefined): Promise<SavedPictures | undefined> {
    const { path } = await this.#api.call('export.chooseFolder', {});
    if (path === null) return undefined;
    const saved = await this.#api.call('export.pictures', { ...this.#enlarged(checkpoint), folder: path });
    return { kind: 'separate', saved };
  }

  #enlarged(checkpoint: WhichCheckpoint | undefined) {
    const { scale, resampling } = this;
    return { ...this.#request(checkpoint), scale, resampling };
  }

  #request(checkpoint: WhichCheckpoint | undefined): SheetRequest {
    const { seed, count, classOf } = this;
    return {
      seed,
      count,
      ...(classOf !== undefined && { class: classOf }),
      ...(checkpoint !== undefined && { checkpoint }),
    };
  }

  get #hasCount(): boolean {
    return Number.isInteger(this.count) && this.count >= 1 && this.count <= MOST_PICTURES;
  }

  #atMost(most: number): number {
    return Math.min(most, this.count);
  }
}
