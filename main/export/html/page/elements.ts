/** Finds and makes elements of the page. */
type Kind<Found extends Element> = new () => Found;

/** The element with this id. Throws Error if the markup has none of this kind. */
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

/** A new element with these properties and children. */
export function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
}

/** Announces a text to screen readers. */
export function say(text: string): void {
  element('status').textContent = text;
}

/** The canvas's 2-D context. Throws Error if the browser has none. */
export function contextOf(target: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = target.getContext('2d');
  if (!context) throw new Error('This browser cannot draw pictures.');
  return context;
}
