/** The GANs that the lab can play, and why it cannot play the others: the trainer is asked once for each. */
import { LAB_CONFIG, type Api, type Catalogue, type Failure, type RunConfig } from '#main/contract/index.ts';
import type { Settings } from './settings.svelte.ts';

type Entry = Catalogue['gans'][number];
type Item = { value: string; label: string; description: string; disabled: boolean };

export class LabGans {
  readonly #api: Api;
  readonly #settings: Settings;
  /** By kind, of those that were asked for; null where it fits points of the plane. */
  #refusals = $state.raw<Readonly<Record<string, Failure | null>>>({});
  #asked: readonly string[] = [];

  constructor({ api, settings }: { api: Api; settings: Settings }) {
    this.#api = api;
    this.#settings = settings;
  }

  /** For a selection; one that does not fit says why in place of what it is. */
  get items(): Item[] {
    return this.#entries.map(({ kind, label, summary }) => {
      const refusal = this.#refusals[kind];
      return { value: kind, label, description: refusal?.message ?? summary, disabled: Boolean(refusal) };
    });
  }

  /** Asks which of them fit; those without an answer stay to be chosen. */
  async ask(): Promise<void> {
    const missing = this.#entries.filter(({ kind }) => !this.#asked.includes(kind));
    await Promise.all(missing.map((entry) => this.#ask(entry)));
  }

  /** With the loss, the stabilisers and the turns that it is usually played with; the rest stays. */
  choose(kind: string): void {
    const entry = this.#settings.entry('gans', kind);
    if (entry) Object.assign(this.#settings.draft, playedWith(entry));
  }

  get #entries(): readonly Entry[] {
    return this.#settings.catalogue?.gans ?? [];
  }

  async #ask(entry: Entry): Promise<void> {
    this.#asked = [...this.#asked, entry.kind];
    try {
      const refusal = await this.#api.call('run.check', { config: { ...LAB_CONFIG, ...playedWith(entry) } });
      this.#refusals = { ...this.#refusals, [entry.kind]: refusal };
    } catch {
      this.#asked = this.#asked.filter((kind) => kind !== entry.kind); // a trainer that is gone is asked again the next time
    }
  }
}

function playedWith({
  kind,
  recommends: { loss, stabilisers, turns },
}: Entry): Pick<RunConfig, 'gan' | 'loss' | 'stabilisers' | 'turns'> {
  const own = LAB_CONFIG.gan.kind === kind;
  return structuredClone({
    gan: own ? LAB_CONFIG.gan : { kind, options: {} },
    loss: (own ? undefined : loss) ?? LAB_CONFIG.loss,
    stabilisers: own ? LAB_CONFIG.stabilisers : (stabilisers ?? []),
    turns: (own ? undefined : turns) ?? LAB_CONFIG.turns,
  });
}
