/** How a person's own files and the app meet: pictures that are imported, models that are exported. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from '../fixtures.ts';
import { fillFolder } from '../image-folder.ts';
import type { StudioPage } from '../studio-page.ts';
import { oneOf, type Chance } from './actions.ts';
import { PATIENCE } from './patience.ts';

const SIZE = 28;
/** Folders of pictures to import, by the number of pictures in each. */
const FOLDERS = [40, 60, 80, 100];
const FORMATS = ['Web page', 'ONNX', 'PyTorch', 'Keras', 'safetensors'];

export class OwnFiles {
  private readonly studio: StudioPage;
  private readonly chance: Chance;
  private readonly place: string;

  constructor({ studio, chance, place }: { studio: StudioPage; chance: Chance; place: string }) {
    this.studio = studio;
    this.chance = chance;
    this.place = place;
  }

  /** Lays out the pictures. */
  lay(): void {
    for (const count of FOLDERS) {
      fs.mkdirSync(this.pictures(count), { recursive: true });
      fillFolder(this.pictures(count), count);
    }
  }

  async exportModel(): Promise<void> {
    const folder = path.join(this.place, 'exports');
    fs.mkdirSync(folder, { recursive: true });
    const labels = [...new Set([oneOf(FORMATS, this.chance), oneOf(FORMATS, this.chance)])];
    await this.studio.exportTo(folder, ...labels);
    await expect
      .poll(() => fs.readdirSync(folder).filter((name) => isWhole(path.join(folder, name))).length, PATIENCE)
      .toBe(labels.length);
    await expect(this.studio.page.getByTestId('exporting')).toHaveCount(0, PATIENCE);
    fs.rmSync(folder, { recursive: true });
  }

  /** Opens pictures of one's own, or the digits; later runs train on these. */
  async importPictures(): Promise<void> {
    await this.studio.open('Data set');
    if (this.chance() < 0.4) {
      await this.studio.press('Digits');
      await expect(this.studio.datasetCount).toHaveText('10,000 pictures', PATIENCE);
      return;
    }
    const count = oneOf(FOLDERS, this.chance);
    await this.studio.drop(this.pictures(count));
    await expect(this.studio.datasetCount).toHaveText(`${count} pictures`, PATIENCE);
    await this.studio.choose('Training size', String(SIZE));
    await expect(this.studio.page.getByText(`as the network will see them, ${SIZE} × ${SIZE}`)).toBeVisible();
  }

  private pictures(count: number): string {
    return path.join(this.place, `pictures ${count}`);
  }
}

/** The last file that an export writes into its folder. */
const isWhole = (folder: string) => fs.existsSync(path.join(folder, 'README.md'));
