/**
 * The GANs that the lab can play, and why it cannot play the others; the trainer is asked once about each.
 */
import { LAB_CONFIG, type Api, type Catalogue, type Failure, type RunConfig } from '#main/contract/index.ts';
import type { Settings } from './settings.svelte.ts';

type Entry = Catalogue['gans'][number];
type Item = { value: string; label: string; description: string; disabled: boolean };

export class LabGans {
  readonly #api: Api;
  readonly #settings: Settings;
  /** The answers, by kind; null for a GAN that can be played. */
  #refusals = $state.raw<Readonly<Record<string, Failure | null>>>({});
  /** Kinds that have been asked about. */
  #asked: readonly string[] = [];

  constructor({ api, settings }: { api: Api; settings: Settings }) {
    this.#api = api;
    this.#settings = settings;
  }

  /** The GANs as items of a select; one that cannot be played says why in place of its summary. */
  get items(): Item[] {
    return this.#entries.map(({ kind, label, summary }) => {
      const refusal = this.#refusals[kind];
      return { value: kind, label, description: refusal?.message ?? summary, disabled: Boolean(refusal) };
    });
  }

  /** Asks which GANs can be played; those without an answer can be chosen. */
  async ask(): Promise<void> {
    const missing = this.#entries.filter(({ kind }) => !this.#asked.includes(kind));
    await Promise.all(missing.map((entry) => this.#ask(entry)));
  }

  /** Chooses a GAN, with the loss, the stabilisers and the turns that it recommends; other settings stay. */
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
      // The trainer has ended: the next call asks again.
      this.#asked = this.#asked.filter((kind) => kind !== entry.kind);
    }
  }
}

/** The settings that choosing a GAN sets; the lab's first GAN has those of LAB_CONFIG. */
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
