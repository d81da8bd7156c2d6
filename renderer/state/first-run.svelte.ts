/**
 * The first run in one step: the digits that come with the app, with the settings that are recommended for
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
  /** What it waits for is under way. */
  preparing = $state(false);
  readonly #given: FirstRunInput;

  constructor(given: FirstRunInput) {
    this.#given = given;
  }

  async trainDigits(): Promise<void> {
    if (this.preparing) return;
    const { dataset, settings, next, navigation } = this.#given;
    this.preparing = true;
    try {
      if (!settings.catalogue) await settings.load();
      if ((await dataset.open.readyBuiltIn('digits')) && settings.origin.recommended) {
        settings.origin.choose(settings.origin.recommended.kind);
        settings.length.setStepsOfPreset();
        // What stood there before may have been refused.
        next.check.forget();
        await this.#given.start();
      }
      // The settings say what hinders a start.
      if (navigation.shows('first-steps')) navigation.go('train');
    } finally {
      this.preparing = false;
    }
  }
}
