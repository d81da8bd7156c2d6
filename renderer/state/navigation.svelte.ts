/** Which view is shown; kept in the address' hash, so that the rail is made of real links. */

export const VIEWS = ['dataset', 'train', 'inspect', 'latent', 'lab', 'export', 'runs', 'catalogue'] as const;
export type ViewName = (typeof VIEWS)[number];

export class Navigation {
  #view = $state<ViewName>(fromHash());

  constructor() {
    addEventListener('hashchange', () => {
      this.#view = fromHash();
    });
  }

  get view(): ViewName {
    return this.#view;
  }

  go(view: ViewName): void {
    this.#view = view;
    location.hash = view;
  }
}

function fromHash(): ViewName {
  return VIEWS.find((view) => `#${view}` === location.hash) ?? 'dataset';
}
