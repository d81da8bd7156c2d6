/** The first run in one step: the digits that come with the app, with the settings that are recommended for them. */
import type { Dataset } from './dataset.svelte.ts';
import type { Settings } from './settings.svelte.ts';

type Given = {
  dataset: Pick<Dataset, 'readyBuiltIn'>;
  settings: Pick<Settings, 'catalogue' | 'load' | 'recommended' | 'applyPreset' | 'setStepsOfPreset'>;
  /** Starts a run with the settings as they are. */
  start: () => Promise<void>;
  /** The digits, or the settings, cannot be had: shows why. */
  refused: () => void;
};

export class FirstRun {
  /** What it waits for is under way. */
  preparing = $state(false);
  readonly #given: Given;

  constructor(given: Given) {
    this.#given = given;
  }

  async trainDigits(): Promise<void> {
    if (this.preparing) return;
    const { dataset, settings, start, refused } = this.#given;
    this.preparing = true;
    try {
      if (!settings.catalogue) await settings.load();
      const isReady = await dataset.readyBuiltIn('digits');
      if (!isReady || !settings.recommended) return refused();
      settings.applyPreset(settings.recommended.kind);
      settings.setStepsOfPreset();
      await start();
    } finally {
      this.preparing = false;
    }
  }
}
