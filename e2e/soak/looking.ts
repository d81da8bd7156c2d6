/** How a person looks at the open run: inspector, samples, latent space; and at the 2-D lab. */
import { expect } from '../fixtures.ts';
import type { StudioPage } from '../studio-page.ts';
import { oneOf, type Chance } from './actions.ts';
import { pass, PATIENCE } from './patience.ts';

const PANELS = ['Pixels', 'Two losses', 'One update', 'Walk through'];

export class Looking {
  private readonly studio: StudioPage;
  private readonly chance: Chance;

  constructor({ studio, chance }: { studio: StudioPage; chance: Chance }) {
    this.studio = studio;
    this.chance = chance;
  }

  async inspect(): Promise<void> {
    await this.studio.open('Inspect');
    const look = this.studio.page.getByRole('button', { name: 'Pause and look inside', exact: true });
    const panels = this.studio.page.getByRole('radiogroup', { name: 'Part of the inspector' });
    await expect(look.or(panels)).toBeVisible();
    if (await look.isVisible()) await look.click();
    await expect(panels).toBeVisible(PATIENCE);
    for (const panel of PANELS)
      if (this.chance() < 0.5) await this.studio.choose('Part of the inspector', panel);
    await pass(this.chance, 2);
  }

  async lookAtSamples(): Promise<void> {
    await this.studio.open('Train');
    const back = this.studio.page.getByRole('button', { name: 'Back to the open run', exact: true });
    const history = this.studio.page.getByRole('slider', { name: 'Sample history' });
    await expect(back.or(this.studio.sampleGrid)).toBeVisible();
    if (await back.isVisible()) await back.click();
    await expect(this.studio.sampleGrid).toBeVisible();
    if (!(await history.isVisible())) return; // there is only one grid
    const most = Number(await history.getAttribute('max'));
    for (let look = 0; look < 4; look++) await history.fill(String(Math.floor(this.chance() * (most + 1))));
    await expect(this.studio.sampleGrid.locator('canvas')).toBeVisible();
  }

  async walk(): Promise<void> {
    await this.studio.open('Latent space');
    await expect(this.studio.latentImage.locator('canvas')).toBeVisible(PATIENCE);
    await this.studio.choose('Walk', oneOf(['Spherical', 'Linear'], this.chance));
    for (let step = 0; step < 5; step++) await this.studio.moveTo(Math.round(this.chance() * 200) / 200);
    await this.studio.press('Play');
    await pass(this.chance, 3);
    await expect(this.studio.latentImage.locator('canvas')).toBeVisible();
  }

  async playLab(): Promise<void> {
    await this.studio.open('2-D lab');
    const plane = this.studio.page.getByTestId('lab-plane');
    await expect(plane).toHaveAttribute('data-step', /\d/, PATIENCE);
    await this.studio.press('Play');
    await pass(this.chance, 4);
    await this.studio.press('Pause');
  }
}
