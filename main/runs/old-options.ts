/** Options of GANs, stabilisers and optimisers that a version added, with the values that do what was done before. */
import type { Choice } from '../contract/index.ts';

/** By kind of entry. */
export type OldOptions = Record<string, Record<string, unknown>>;

/** The choice with each of these options at its old value, where it has none. */
export function withOld<Chosen extends Choice>(choice: Chosen, old: OldOptions): Chosen {
  return { ...choice, options: { ...choice.options, ...old[choice.kind], ...choice.options } };
}

/** The choice without these options; undefined where one has another value than its old one. */
export function withoutOld<Chosen extends Choice>(choice: Chosen, old: OldOptions): Chosen | undefined {
  const added = Object.entries(old[choice.kind] ?? {});
  if (added.some(([name, value]) => choice.options[name] !== value)) return undefined;
  const options = Object.entries(choice.options).filter(([name]) => !added.some(([other]) => other === name));
  return { ...choice, options: Object.fromEntries(options) };
}
