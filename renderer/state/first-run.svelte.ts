/**
 * Starts a first run with one click: on the digits that come with the app, with the settings recommended for
 * them.
 */
import type { Openings } from './openings.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { RunCheck } from './run-check.svelte.ts';
import type { RunLength } from './run-length.svelte.ts';
import type { SettingsOrigin } from './settings-origin.svelte.ts';
import type { Settings } from './settings.svelte.ts';

type FirstRunInput = {
  dataset: { open: Pick<Openings, 'readyBuiltIn'> };
  settings: Pick<Settings, 'catalogue' | 'load'> & {
    origin: Pick<SettingsOrigin, 'recommended' | 'choose'>;
    length: Pick<RunLength, 'setStepsOfPreset'>;
  };
  next: { check: Pick<RunCheck, 'forget'> };
  navigation: Pick<Navigation, 'go' | 'shows'>;
  /** Starts a run with the settings as they are. */
  start: () => Promise<void>;
};

export class FirstRun {
  /** Whether the data set or the settings are being prepared. */
  preparing = $state(false);
  readonly #studio: FirstRunInput;

  constructor(studio: FirstRunInput) {
    this.#studio = studio;
  }

  async trainDigits(): Promise<void> {
    if (this.preparing) return;
    const { dataset, settings, next, navigation } = this.#studio;
    this.preparing = true;
    try {
      if (!settings.catalogue) await settings.load();
      if ((await dataset.open.readyBuiltIn('digits')) && settings.origin.recommended) {
        settings.origin.choose(settings.origin.recommended.kind);
        settings.length.setStepsOfPreset();
        // The settings from before may have been refused.
        next.check.forget();
        await this.#studio.start();
      }
      // If the run has not started, the Train view says why.
      if (navigation.shows('first-steps')) navigation.go('train');
    } finally {
      this.preparing = false;
    }
  }
}
