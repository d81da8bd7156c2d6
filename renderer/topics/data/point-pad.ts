/** Where points of the plane lie on a square pad, and its drawing; y points up. */
import type { Centre } from '../../state/own-points.svelte.ts';

type Pixel = readonly [left: number, top: number];

export type Pad = {
  side: number;
  /** Coordinates at the right and the upper edge. */
  reach: number;
  pixelOf(centre: Centre): Pixel;
  /** The point under a pixel, in steps of a hundredth of the reach. */
  pointAt(pixel: Pixel): Centre;
  /** Index of the point under a pixel: the last of several, -1 if there is none. */
  indexAt(centres: readonly Centre[], pixel: Pixel): number;
};

/** Pixels from a point's middle that count as the point. */
const NEAR = 7;
/** More points than this are not all drawn, as that would take too long. */
const MOST_DRAWN = 2000;

/**
 * The smallest of 2, 5, 10, 20, 50, ..., 10,000 that has room for all points; 10,000 for farther points too.
 */
export function reachOf(centres: readonly Centre[]): number {
  const furthest = centres.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  const steps = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
  return steps.find((step) => furthest <= step * 0.95) ?? 10_000;
}

/** A pad with sides of `side` CSS pixels, which shows both coordinates from -reach to reach. */
export function padOver({ side, reach }: { side: number; reach: number }): Pad {
  const scale = side / (2 * reach);
  const step = reach / 100;
  const rounded = (value: number): number => Number((Math.round(value / step) * step).toFixed(4));
  const pixelOf = ([x, y]: Centre): Pixel => [(x + reach) * scale, (reach - y) * scale];
  return {
    side,
    reach,
    pixelOf,
    pointAt: ([left, top]) => [rounded(left / scale - reach), rounded(reach - top / scale)],
    indexAt: (centres, [left, top]) =>
      centres.reduce((found, centre, index) => {
        const [x, y] = pixelOf(centre);
        return Math.hypot(x - left, y - top) <= NEAR ? index : found;
      }, -1),
  };
}

/** Draws axes and points in the colours of the page; a pale disc shows two deviations about each point. */
export function drawPad(
  canvas: HTMLCanvasElement,
  { pad, centres, deviation }: { pad: Pad; centres: readonly Centre[]; deviation: number },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { side } = pad;
  const colour = (name: string): string => getComputedStyle(canvas).getPropertyValue(name).trim();
  canvas.width = canvas.height = Math.round(side * devicePixelRatio);
  context.scale(canvas.width / side, canvas.height / side);
  context.fillStyle = colour('--line');
  for (let i = 1; i < 4; i++) {
    const thickness = i === 2 ? 2 : 1;
    context.fillRect((side * i) / 4 - thickness / 2, 0, thickness, side);
    context.fillRect(0, (side * i) / 4 - thickness / 2, side, thickness);
  }
  const disc = (centre: Centre, radius: number): void => {
    const [left, top] = pad.pixelOf(centre);
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
    context.fill();
  };
  const drawn = centres.slice(0, MOST_DRAWN);
  const spread = Number.isFinite(deviation) ? (2 * deviation * side) / (2 * pad.reach) : 0;
  context.fillStyle = `${colour('--accent')}30`;
  for (const centre of drawn) disc(centre, spread);
  context.fillStyle = colour('--accent');
  for (const centre of drawn) disc(centre, centres.length > 100 ? 2 : 4);
}
