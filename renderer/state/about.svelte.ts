/** The dialog on the app: its version, and the licences of what it is made of, loaded when it is opened. */
import { toFailure, type Api, type CommandOutput, type Failure } from '#main/contract/index.ts';

type AboutFacts = CommandOutput<'studio.about'>;

export class About {
  known = $state.raw<AboutFacts | undefined>();
  failure = $state.raw<Failure | undefined>();
  query = $state('');
  /** Works that contain every word of the query in their name, licence or text. */
  readonly found: AboutFacts['works'] = $derived.by(() => matching(this.known?.works ?? [], this.query));
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    this.query = '';
    await this.#try(async () => {
      this.known ??= await this.#api.call('studio.about', {});
    });
  }

  /** Opens Chromium's own list of licences. */
  showChromiumLicences(): Promise<void> {
    return this.#try(async () => {
      await this.#api.call('studio.showChromiumLicences', {});
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.failure = undefined;
    try {
      await work();
    } catch (error) {
      this.failure = toFailure(error);
    }
  }
}

function matching(works: AboutFacts['works'], query: string): AboutFacts['works'] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return works.filter(({ name, licence, text }) => {
    const all = [name, licence, text].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
