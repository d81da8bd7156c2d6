/** The elements of the page, by their id. */
type Kind<Found extends Element> = new () => Found;

/** Throws where the markup has no such element. */
export function element<Found extends Element = HTMLElement>(
  id: string,
  kind: Kind<Found> = HTMLElement as unknown as Kind<Found>,
): Found {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no element "${id}".`);
  return found;
}

export const button = (id: string): HTMLButtonElement => element(id, HTMLButtonElement);
export const input = (id: string): HTMLInputElement => element(id, HTMLInputElement);
export const canvas = (id: string): HTMLCanvasElement => element(id, HTMLCanvasElement);

/** A new element with properties of its own, and what it holds. */
export function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
}

/** Says it to people who do not see the page. */
export function say(text: string): void {
  element('status').textContent = text;
}

/** What the browser draws with. */
export function contextOf(target: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = target.getContext('2d');
  if (!context) throw new Error('This browser does not draw.');
  return context;
}
