/** What the settings of the next run began with: a preset or none, and what was changed of it since. */
import type { Preset, RunConfig } from '#main/contract/index.ts';
import { matches, ofPreset, PRESET_FIELDS } from './preset-match.ts';
import { recommendedFor } from './recommended.ts';
import type { Settings } from './settings.svelte.ts';

export class SettingsOrigin {
  /** Changed settings that a preset took the place of, with the preset that they began with. */
  replaced = $state.raw<{ settings: RunConfig; preset: Preset | undefined } | undefined>();
  /** Recommended for the data set that is open; undefined where no preset is. */
  readonly recommended: Preset | undefined = $derived.by(() =>
    recommendedFor(this.#settings.catalogue, this.#settings.data),
  );
  /**
   * The preset that the settings began with, whatever was changed since; undefined where they began without.
   */
  readonly preset: Preset | undefined = $derived.by(() => this.#presetOf(this.#kind));
  /** Whether something was changed that the preset is about; without one, that a new run begins with. */
  readonly isChanged: boolean = $derived.by(() => !this.#isAs(this.preset));

  readonly #settings: Settings;
  #kind = $state<string | undefined>();
  /** The person chose a preset, or took over a run: what is recommended no longer replaces that. */
  #chosen = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Neither chosen by the person nor changed. */
  get isUntouched(): boolean {
    return !this.#chosen && !this.isChanged;
  }

  /** The person's choice: the preset's settings, whatever was changed; name, seed and length stay. */
  choose(kind: string): void {
    const preset = this.#presetOf(kind);
    if (!preset) return;
    this.#keepChanges();
    this.#chosen = true;
    this.#begin(preset);
  }

  /** Takes what is recommended for the data set. */
  follow(): void {
    this.#begin(this.recommended);
  }

  /** Undoes what was changed of the preset. */
  undoChanges(): void {
    this.#keepChanges();
    this.#begin(this.preset);
  }

  /** Puts the changed settings back that a preset took the place of; name, seed and length stay. */
  restoreChanges(): void {
    if (this.replaced) this.#begin(this.replaced.preset, this.replaced.settings);
    this.replaced = undefined;
  }

  /** The settings are about to go back to those of a new run. */
  reset(): void {
    this.#keepChanges();
    this.#chosen = false;
  }

  /** The settings are now those of another run, which may be a preset's. */
  takeOver(): void {
    this.replaced = undefined;
    this.#chosen = true;
    this.#kind = this.#settings.catalogue?.presets.find((preset) => this.#isAs(preset))?.kind;
  }

  #keepChanges(): void {
    const { draft } = this.#settings;
    if (this.isChanged) this.replaced = { settings: $state.snapshot(draft), preset: this.preset };
  }

  /**
   * Begins with this preset, with what a new run has where it is none, or with other settings than it says.
   */
  #begin(preset: Preset | undefined, settings = ofPreset(preset)): void {
    const { draft, length } = this.#settings;
    this.#kind = preset?.kind;
    for (const field of PRESET_FIELDS) Object.assign(draft, { [field]: settings[field] });
    length.followPreset();
    this.#settings.fitBatch(settings.batch);
  }

  #isAs(preset: Preset | undefined): boolean {
    const { draft, catalogue } = this.#settings;
    const wanted = ofPreset(preset);
    const batch = this.#settings.batchThatFits(wanted.batch);
    return matches($state.snapshot(draft), { ...wanted, batch }, catalogue);
  }

  #presetOf(kind: string | undefined): Preset | undefined {
    return this.#settings.catalogue?.presets.find((each) => each.kind === kind);
  }
}
