/**
 * Which view is shown, and which place of it: "#train", "#glossary/batch". Kept in the address' hash, so that
 * whatever leads somewhere is a real link.
 */

/**
 * The views that something other than the navigation leads to, or asks about; renderer/views/index.ts has all
 * of them.
 */
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

  /** The name in the address, which may be that of no view. */
  get view(): string {
    return this.#address.view;
  }

  /** A place of the view by the name that the view knows it by; undefined where the address has none. */
  get place(): string | undefined {
    return this.#address.place;
  }

  shows(view: NamedView): boolean {
    return this.view === view;
  }

  go(view: NamedView): void {
    this.#address = { view, place: undefined };
    location.hash = view;
  }
}

function fromHash(): Address {
  return addressOf(location.hash);
}

type Address = { view: string; place: string | undefined };

/** "#glossary/batch" -> the place "batch" of the view "glossary". */
export function addressOf(hash: string): Address {
  const [view, ...place] = hash.slice(1).split('/');
  return { view: view || HOME, place: place.join('/') || undefined };
}
