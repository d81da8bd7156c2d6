/** Where the settings of the next run come from: a preset or none, and whether it was changed since. */
import type { Preset, RunConfig } from '#main/contract/index.ts';
import { matches, ofPreset, PRESET_FIELDS } from './preset-match.ts';
import { recommendedFor } from './recommended.ts';
import type { Settings } from './settings.svelte.ts';

export class SettingsOrigin {
  /** Changed settings that a preset has replaced, with the preset that they began with. */
  replaced = $state.raw<{ settings: RunConfig; preset: Preset | undefined } | undefined>();
  /** The preset that suits the open data set; undefined if none does. */
  readonly recommended: Preset | undefined = $derived.by(() =>
    recommendedFor(this.#settings.catalogue, this.#settings.data),
  );
  /**
   * The preset that the settings began with, whatever was changed since; undefined if they began without one.
   */
  readonly preset: Preset | undefined = $derived.by(() => this.#presetOf(this.#kind));
  /** Whether a setting of the preset was changed; without a preset, one of a new run. */
  readonly isChanged: boolean = $derived.by(() => !this.#isAs(this.preset));

  readonly #settings: Settings;
  #kind = $state<string | undefined>();
  /**
   * Whether the person chose a preset or took over a run, which a recommended preset then does not replace.
   */
  #chosen = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Whether the settings were neither chosen by the person nor changed. */
  get isUntouched(): boolean {
    return !this.#chosen && !this.isChanged;
  }

  /** Sets a preset that the person chose; name, seed and length stay. */
  choose(kind: string): void {
    const preset = this.#presetOf(kind);
    if (!preset) return;
    this.#keepChanges();
    this.#chosen = true;
    this.#begin(preset);
  }

  /** Sets the preset that is recommended for the data set, or the settings of a new run. */
  follow(): void {
    this.#begin(this.recommended);
  }

  /** Undoes the changes of the preset. */
  undoChanges(): void {
    this.#keepChanges();
    this.#begin(this.preset);
  }

  /** Restores the changed settings that a preset has replaced; name, seed and length stay. */
  restoreChanges(): void {
    if (this.replaced) this.#begin(this.replaced.preset, this.replaced.settings);
    this.replaced = undefined;
  }

  /** Call it before the settings go back to those of a new run. */
  reset(): void {
    this.#keepChanges();
    this.#chosen = false;
  }

  /** Call it when the settings are those of another run, which may be the settings of a preset. */
  takeOver(): void {
    this.replaced = undefined;
    this.#chosen = true;
    this.#kind = this.#settings.catalogue?.presets.find((preset) => this.#isAs(preset))?.kind;
  }

  #keepChanges(): void {
    const { draft } = this.#settings;
    if (this.isChanged) this.replaced = { settings: $state.snapshot(draft), preset: this.preset };
  }

  /** Sets a preset, by default with its own settings; without one, the settings of a new run. */
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
