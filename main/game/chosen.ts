/** Finds a catalogue's entry by its name, and says what there is when there is none. */
import { StudioError } from '../contract/index.ts';

/** The entry of that name. Throws StudioError `code`; `what` is the word for an entry, such as "GAN". */
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
