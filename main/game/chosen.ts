/** Finds a catalogue entry by name; the error for an unknown name lists the known ones. */
import { StudioError } from '../contract/index.ts';

/**
 * The entry with this name. Throws StudioError with `code` if there is none; `what` is the word for an entry,
 * such as "GAN".
 */
export function chosen<Entry>({
  entries,
  nameOf,
  name,
  what,
  code,
}: {
  entries: readonly Entry[];
  nameOf: (entry: Entry) => string;
  name: string;
  what: string;
  code: string;
}): Entry {
  const found = entries.find((entry) => nameOf(entry) === name);
  if (found) return found;
  throw new StudioError({
    code,
    message: `There is no ${what} "${name}".`,
    remedy: `Choose one of: ${entries.map(nameOf).join(', ')}.`,
  });
}
