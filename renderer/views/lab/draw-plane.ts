/**
 * Draws the plane of the lab: D's output below, then G's grid of latent points, the real points, the arrows
 * against the gradient, and the fakes.
 */
import type { LabFrame, LabHeat } from '#main/contract/index.ts';
import type { Layer } from '../../state/lab.svelte.ts';
import { boundaryOf } from './boundary.ts';
import { inPairs, together } from '../../parts/in-pairs.ts';
import { parseColour } from '../../parts/number-map.ts';
import { heatColour, shareOf, type Scale } from './heat-colours.ts';

export type Colours = {
  scale: Scale;
  paper: string;
  ink: string;
  line: string;
  real: string;
  fake: string;
  mesh: string;
};

/** Scale of the arrows: `full` is the norm of a gradient whose arrow has the full length. */
export type ArrowScale = { full: number };

type Plane = {
  context: CanvasRenderingContext2D;
  side: number;
  left(x: number): number;
  top(y: number): number;
};

/** In CSS pixels. */
const REAL_RADIUS = 2.7;
const FAKE_RADIUS = 4.2;
const LONGEST_ARROW = 34;
const SHORTEST_ARROW = 3;
const HEAD = 4.5;
/** Share of the arrows that are shorter than the full length; longer ones are cut to it. */
const FULL_SHARE = 0.9;

/** Reads the page's own colours. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    scale: {
      fake: parseColour(token('--heat-fake')),
      middle: parseColour(token('--surface')),
      real: parseColour(token('--heat-real')),
    },
    paper: token('--surface'),
    ink: token('--ink'),
    line: token('--line'),
    real: token('--ink'),
    fake: token('--generator-ink'),
    mesh: token('--generator'),
  };
}

/** The norm below which most of these gradients lie. `gradients`: x and y of each, one after the other. */
export function arrowScaleOf(gradients: Float32Array): ArrowScale {
  const lengths = Float32Array.from(inPairs(gradients), ([x, y]) => Math.hypot(x, y)).sort();
  return { full: lengths[Math.floor(lengths.length * FULL_SHARE)] ?? 0 };
}

/** @param side CSS pixels of the square canvas */
export function drawPlane(
  canvas: HTMLCanvasElement,
  {
    frame,
    layers,
    colours,
    side,
    arrows,
  }: {
    frame: LabFrame;
    layers: Record<Layer, boolean>;
    colours: Colours;
    side: number;
    arrows: ArrowScale;
  },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixels = Math.round(side * devicePixelRatio);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  context.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
  const plane: Plane = { context, side, left: (x) => ((x + 1) / 2) * side, top: (y) => ((1 - y) / 2) * side };
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, side, side);
  if (layers.heat && frame.heat.shown) drawHeat(plane, frame.heat, colours);
  drawAxes(plane, colours);
  if (layers.manifold) drawMesh(plane, frame.manifold, colours);
  if (layers.real) drawReal(plane, frame.real, colours);
  if (layers.arrows) drawArrows(plane, { ...frame, ...arrows }, colours);
  if (layers.fakes) drawFakes(plane, frame.fakes, colours);
}

let cells: HTMLCanvasElement | undefined;

function drawHeat({ context, side, left, top }: Plane, heat: LabHeat, { scale, ink }: Colours): void {
  cells ??= document.createElement('canvas');
  if (cells.width !== heat.side) cells.width = cells.height = heat.side;
  const image = new ImageData(heat.side, heat.side);
  heat.values.forEach((value, cell) =>
    image.data.set([...heatColour(shareOf(value, heat), scale), 255], 4 * cell),
  );
  cells.getContext('2d')?.putImageData(image, 0, 0);
  context.drawImage(cells, 0, 0, side, side);
  context.globalAlpha = 0.55;
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const [x1, y1, x2, y2] of boundaryOf(heat, (heat.real + heat.fake) / 2)) {
    context.moveTo(left(x1), top(y1));
    context.lineTo(left(x2), top(y2));
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawAxes({ context, side }: Plane, { ink }: Colours): void {
  context.globalAlpha = 0.12;
  context.fillStyle = ink;
  context.fillRect(side / 2 - 0.5, 0, 1, side);
  context.fillRect(0, side / 2 - 0.5, side, 1);
  context.globalAlpha = 1;
}

function drawMesh(
  { context, left, top }: Plane,
  { points, columns, rows }: LabFrame['manifold'],
  colours: Colours,
): void {
  context.strokeStyle = colours.mesh;
  context.globalAlpha = rows === 1 ? 0.9 : 0.5;
  context.lineWidth = rows === 1 ? 2 : 0.8;
  context.beginPath();
  const mesh = [...inPairs(points)];
  const line = (along: [number, number][]): void =>
    along.forEach(([x, y], step) => {
      if (step === 0) context.moveTo(left(x), top(y));
      else context.lineTo(left(x), top(y));
    });
  for (let row = 0; row < rows; row++) line(mesh.slice(row * columns, (row + 1) * columns));
  for (let column = 0; column < columns && rows > 1; column++)
    line(mesh.filter((_, index) => index % columns === column));
  context.stroke();
  context.globalAlpha = 1;
}

function drawReal({ context, left, top }: Plane, points: Float32Array, { real, paper }: Colours): void {
  context.beginPath();
  for (const [pointX, pointY] of inPairs(points)) {
    const [x, y] = [left(pointX), top(pointY)];
    context.moveTo(x + REAL_RADIUS, y);
    context.arc(x, y, REAL_RADIUS, 0, 2 * Math.PI);
  }
  outlined(context, { fill: real, edge: paper });
}

function drawFakes({ context, left, top }: Plane, points: Float32Array, { fake, paper }: Colours): void {
  context.beginPath();
  for (const [pointX, pointY] of inPairs(points)) {
    const [x, y] = [left(pointX), top(pointY)];
    context.moveTo(x, y - FAKE_RADIUS);
    context.lineTo(x + FAKE_RADIUS, y);
    context.lineTo(x, y + FAKE_RADIUS);
    context.lineTo(x - FAKE_RADIUS, y);
    context.closePath();
  }
  outlined(context, { fill: fake, edge: paper });
}

/** An edge in the paper's colour sets a point off from whatever lies below it. */
function outlined(context: CanvasRenderingContext2D, { fill, edge }: { fill: string; edge: string }): void {
  context.strokeStyle = edge;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
}

/** Arrows from each fake against the gradient, the direction in which G's loss falls. */
function drawArrows(
  { context, left, top }: Plane,
  { fakes, gradients, full }: { fakes: Float32Array; gradients: Float32Array } & ArrowScale,
  { ink }: Colours,
): void {
  if (!(full > 0)) return;
  context.strokeStyle = ink;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const [[fakeX, fakeY], [gradientX, gradientY]] of together(inPairs(fakes), inPairs(gradients))) {
    const [dx, dy] = [-gradientX, gradientY];
    const steepness = Math.hypot(dx, dy);
    const length = Math.min(1, steepness / full) * LONGEST_ARROW;
    if (length < SHORTEST_ARROW) continue;
    const [x, y, angle] = [left(fakeX), top(fakeY), Math.atan2(dy, dx)];
    const [tipX, tipY] = [x + Math.cos(angle) * length, y + Math.sin(angle) * length];
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    for (const turn of [2.6, -2.6]) {
      context.moveTo(tipX, tipY);
      context.lineTo(tipX + Math.cos(angle + turn) * HEAD, tipY + Math.sin(angle + turn) * HEAD);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}
