/**
 * Which view is shown, and which anchor in it: "#train", "#glossary/batch". They are kept in the hash of the
 * page's address, so that links to views are real links.
 */

/** The views that code leads to or asks about by name; renderer/views/index.ts has all views. */
export type NamedView = 'first-steps' | 'dataset' | 'train' | 'inspect' | 'latent' | 'export' | 'preferences';

/** The view that the window opens with. */
export const HOME = 'dataset' satisfies NamedView;

export class Navigation {
  #address = $state.raw(fromHash());

  constructor() {
    addEventListener('hashchange', () => {
      this.#address = fromHash();
    });
  }

  /** The name in the address, which may not be that of a view. */
  get view(): string {
    return this.#address.view;
  }

  /** The anchor in the view, by a name of the view's own; undefined if the address has none. */
  get anchor(): string | undefined {
    return this.#address.anchor;
  }

  shows(view: NamedView): boolean {
    return this.view === view;
  }

  go(view: NamedView): void {
    this.#address = { view, anchor: undefined };
    location.hash = view;
  }
}

function fromHash(): Address {
  return addressOf(location.hash);
}

type Address = { view: string; anchor: string | undefined };

/**
 * "#glossary/batch" -> view "glossary", anchor "batch"; without a view, the one that the window opens with.
 */
export function addressOf(hash: string): Address {
  const [view, ...anchor] = hash.slice(1).split('/');
  return { view: view || HOME, anchor: anchor.join('/') || undefined };
}
