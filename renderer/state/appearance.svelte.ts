/**
 * Light or dark colours: follows the system until the person chooses; the choice is kept in the page's local
 * storage.
 */

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type AppearanceChoice = (typeof APPEARANCES)[number];

const KEY = 'appearance';

export class Appearance {
  #choice = $state<AppearanceChoice>(remembered());
  #systemDark = $state(false);
  readonly scheme: 'light' | 'dark' = $derived(
    this.#choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#choice,
  );

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', () => {
      this.#systemDark = query.matches;
      this.#show();
    });
    this.#show();
  }

  get choice(): AppearanceChoice {
    return this.#choice;
  }

  choose(choice: AppearanceChoice): void {
    this.#choice = choice;
    localStorage.setItem(KEY, choice);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.scheme;
  }
}

function remembered(): AppearanceChoice {
  const stored = localStorage.getItem(KEY);
  return APPEARANCES.find((each) => each === stored) ?? 'system';
}
