/**
 * Reads and writes choices from before a version that added options, whose old values do what was done
 * before.
 */
import type { Choice } from '../contract/index.ts';

/** Kind of entry -> option -> value. */
export type OldOptions = Record<string, Record<string, unknown>>;

/** The choice, with the old values of the options that it lacks. */
export function withOld<Chosen extends Choice>(choice: Chosen, old: OldOptions): Chosen {
  return { ...choice, options: { ...choice.options, ...old[choice.kind], ...choice.options } };
}

/** The choice without these options; undefined if one of them differs from its old value. */
export function withoutOld<Chosen extends Choice>(choice: Chosen, old: OldOptions): Chosen | undefined {
  const added = Object.entries(old[choice.kind] ?? {});
  if (added.some(([name, value]) => choice.options[name] !== value)) return undefined;
  const options = Object.entries(choice.options).filter(([name]) => !added.some(([other]) => other === name));
  return { ...choice, options: Object.fromEntries(options) };
}
