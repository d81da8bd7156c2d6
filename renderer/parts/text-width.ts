/** How wide text comes out, without laying out the page. */

/** The smallest text of the page, and a little more: fonts differ. */
const FONT = '12.5px system-ui, sans-serif';

let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** CSS pixels that this takes as small text. */
export function textWidth(text: string): number {
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return 0;
  context.font = FONT;
  return Math.ceil(context.measureText(text).width);
}
