/** Measures the width of text without laying out the page. */

/** The smallest text of the page, and a little larger, since fonts differ. */
const FONT = '12.5px system-ui, sans-serif';

let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Width of a text in CSS pixels, in the page's smallest size; 0 without a canvas. */
export function textWidth(text: string): number {
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return 0;
  context.font = FONT;
  return Math.ceil(context.measureText(text).width);
}
