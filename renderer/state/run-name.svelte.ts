/**
 * The name of the next run: that of its data set, with a number if a run has it already, until the person
 * types one.
 */
import {
  DEFAULT_RUN_CONFIG,
  freeName,
  LONGEST_NAME,
  sourceKey,
  type DatasetSource,
  type DatasetSummary,
} from '#main/contract/index.ts';

export class RunName {
  readonly #taken: () => readonly string[];
  /** The name that the person typed or took over, with the data set that it is for. */
  #own = $state.raw<{ name: string; source: string | undefined } | undefined>();
  #source = $state.raw<string | undefined>();
  #ofData = $state('');
  readonly value: string = $derived.by(() => this.#own?.name ?? freeName(this.#ofData, this.#taken()));
  /**
   * The name with the number that the run will get because its name is taken; undefined if the name is free.
   */
  readonly numbered: string | undefined = $derived.by(() => {
    const free = freeName(this.value, this.#taken());
    return free === this.value.trim() ? undefined : free;
  });

  /**
   * @param first the name while no data set is open
   * @param taken names of all runs
   */
  constructor(first: string, taken: () => readonly string[]) {
    this.#ofData = first;
    this.#taken = taken;
  }

  type(name: string): void {
    this.#own = { name, source: this.#source };
  }

  /** Call it when a run has the name: the next one is named after its data set again. */
  used(): void {
    this.#own = undefined;
  }

  /** Takes over the name of a run, as that of its copy, for the data set that it was trained on. */
  takeOver(name: string, source: DatasetSource): void {
    this.#source = sourceKey(source);
    this.#own = { name: freeName(nameOfCopy(name), this.#taken()), source: this.#source };
  }

  /** Follows another data set; a name that the person typed for the one before is dropped. */
  follow(summary: Pick<DatasetSummary, 'name' | 'source'>): void {
    const key = sourceKey(summary.source);
    const isFirst = this.#source === undefined && this.#own !== undefined;
    if (isFirst && this.#own) this.#own = { ...this.#own, source: key };
    else if (this.#own && this.#own.source !== key) this.#own = undefined;
    this.#source = key;
    this.#ofData = summary.name.slice(0, LONGEST_NAME) || DEFAULT_RUN_CONFIG.name;
  }
}

/** The name of a copy: "Digits" -> "Digits, changed" -> "Digits, changed 2". */
export function nameOfCopy(name: string): string {
  const [, first = name, times] = /^(.*), changed(?: (\d+))?$/.exec(name) ?? [];
  const next = first === name ? '' : ` ${Number(times ?? 1) + 1}`;
  return `${first.slice(0, 100)}, changed${next}`;
}
