/** Which view is shown; kept in the address' hash, so that the rail is made of real links. */

/**
 * The views that something other than the navigation leads to, or asks about; renderer/views/index.ts has all
 * of them.
 */
export type NamedView = 'dataset' | 'train' | 'latent' | 'preferences';

/** The view that the window opens with. */
export const HOME = 'dataset' satisfies NamedView;

export class Navigation {
  #view = $state(fromHash());

  constructor() {
    addEventListener('hashchange', () => {
      this.#view = fromHash();
    });
  }

  /** The name in the address, which may be that of no view. */
  get view(): string {
    return this.#view;
  }

  shows(view: NamedView): boolean {
    return this.#view === view;
  }

  go(view: NamedView): void {
    this.#view = view;
    location.hash = view;
  }
}

function fromHash(): string {
  return location.hash.slice(1) || HOME;
}
