/** Draws pictures and points of the plane on a canvas, and saves them. */
import { contextOf } from './elements.ts';
import type { PageModel } from './model.ts';

/** Pixels along a side of the plot of points at scale 1. */
export const PLOT_SIZE = 256;

export const isPlane = ({ image }: Pick<PageModel, 'image'>): boolean => image.channels === 2;

/** Draws a picture pixel by pixel. `values`: [size, size, channels] in [-1, 1]. */
export function drawPixels(
  target: HTMLCanvasElement,
  { size, channels }: PageModel['image'],
  values: Float32Array,
): void {
  const data = new ImageData(size, size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const value = values[pixel * channels + (channels === 1 ? 0 : colour)] ?? 0;
      data.data[4 * pixel + colour] = Math.round(((value + 1) / 2) * 255);
    }
    data.data[4 * pixel + 3] = 255;
  }
  if (target.width !== size) [target.width, target.height] = [size, size];
  contextOf(target).putImageData(data, 0, 0);
}

export type Plot = {
  /** [points, 2] in [-1, 1], y upwards. */
  points: Float32Array;
  /** Earlier points, oldest first. */
  trail: readonly (readonly [number, number])[];
  /** The model's output for the current latent point. */
  here: readonly [number, number];
};

/** Draws points over a grid, in the colours of the page. */
export function drawPlot(target: HTMLCanvasElement, size: number, { points, trail, here }: Plot): void {
  [target.width, target.height] = [size, size];
  const context = contextOf(target);
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name);
  const position = (value: number) => ((value + 1.1) / 2.2) * size;
  const unit = size / PLOT_SIZE;
  const dot = ([x, y]: readonly [number, number], radius: number) => {
    context.beginPath();
    context.arc(position(x), position(-y), radius * unit, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = colour('--surface');
  context.fillRect(0, 0, size, size);
  context.fillStyle = colour('--line');
  for (const line of [-1, -0.5, 0, 0.5, 1]) {
    const width = (line === 0 ? 1 : 0.5) * unit;
    context.fillRect(position(line) - width / 2, 0, width, size);
    context.fillRect(0, position(line) - width / 2, size, width);
  }
  context.fillStyle = colour('--generator');
  context.globalAlpha = 0.55;
  for (let index = 0; index < points.length; index += 2)
    dot([points[index] ?? 0, points[index + 1] ?? 0], 1.1);
  context.fillStyle = colour('--accent');
  trail.forEach((point, index) => {
    context.globalAlpha = (0.5 * (index + 1)) / trail.length;
    dot(point, 1.6);
  });
  context.globalAlpha = 1;
  context.fillStyle = colour('--surface');
  dot(here, 5.4);
  context.fillStyle = colour('--accent');
  dot(here, 4);
}

/** A copy of the canvas, `factor` times as wide and high, in which every pixel is a square. */
export function enlarged(source: HTMLCanvasElement, factor: number): HTMLCanvasElement {
  const target = document.createElement('canvas');
  [target.width, target.height] = [source.width * factor, source.height * factor];
  const context = contextOf(target);
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, target.width, target.height);
  return target;
}

/** Has the browser save the canvas as a PNG under this name. */
export async function savePng(source: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => source.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no PNG of the picture.');
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
