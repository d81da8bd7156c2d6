/** Does what a person chooses in the menu bar, which may open a dialog over the view. */
import type { Api, AppEvent } from '#main/contract/index.ts';
import { About } from './about.svelte.ts';
import { busyWords } from './run-words.ts';
import type { Studio } from './studio.svelte.ts';

export class MenuChoices {
  readonly about: About;
  dialog = $state<'shortcuts' | 'about' | undefined>();
  readonly #studio: Pick<Studio, 'navigation' | 'run' | 'notices' | 'backToRun' | 'openRun'>;

  constructor(api: Api, studio: Studio) {
    this.about = new About(api);
    this.#studio = studio;
  }

  show(what: Extract<AppEvent, { type: 'show' }>['what']): void {
    if (what === 'preferences' || what === 'first-steps') {
      this.dialog = undefined;
      this.#studio.navigation.go(what);
    } else if (what === 'about') void this.about.load().then(() => (this.dialog = what));
    else this.dialog = what;
  }

  /** Opens a recent run, unless another one is under way. */
  async openRun(folder: string): Promise<void> {
    const { run, notices } = this.#studio;
    if (run.is(folder)) return this.#studio.backToRun();
    const { record } = run;
    if (run.active)
      notices.say(busyWords({ name: record?.config?.name, status: record?.status, isThis: false }), 'danger');
    else await this.#studio.openRun(folder);
  }
}
