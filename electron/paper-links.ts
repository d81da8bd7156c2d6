/** The addresses of the catalogue's papers, the only ones that the page may have opened in the browser. */
import { z } from 'zod';

const withPapers = z.array(z.object({ paper: z.object({ url: z.string() }) }));
const catalogueSchema = z.object({
  gans: withPapers,
  losses: withPapers,
  stabilisers: withPapers,
  optimizers: withPapers,
});

export class PaperLinks {
  readonly #known = new Set<string>();

  /** Takes the addresses from a catalogue that a host answered with, never from the page. */
  learn(catalogue: unknown): void {
    const { gans, losses, stabilisers, optimizers } = catalogueSchema.parse(catalogue);
    for (const { paper } of [...gans, ...losses, ...stabilisers, ...optimizers]) {
      const address = httpsAddress(paper.url);
      if (address !== undefined) this.#known.add(address);
    }
  }

  /** Whether this is the address of one of those papers, to the letter. */
  allows(url: string): boolean {
    const address = httpsAddress(url);
    return address !== undefined && this.#known.has(address);
  }
}

/** The address in its normal form; undefined if it is not a plain https address. */
function httpsAddress(text: string): string | undefined {
  try {
    const { protocol, username, password, href } = new URL(text);
    return protocol === 'https:' && username === '' && password === '' ? href : undefined;
  } catch {
    return undefined;
  }
}
