/**
 * Moves the point in two directions of the latent space, by dragging over the picture or with the arrow keys.
 */
import { drawPoints, sizeOf, type LatentSpace } from '../../../latent.ts';
import { element } from './elements.ts';
import type { Explorer } from './explorer.ts';
import { isPlane } from './picture.ts';

/** Distance in the latent space for a drag across the whole picture. */
const REACH = 8;
const KEY_STEP = 0.05;

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

export function offerDragging(explorer: Explorer): void {
  const frame = element('frame');
  const { latent } = explorer.trained.model;
  const directions = directionsOf(latent);
  const hint = isPlane(explorer.trained.model) ? 'the point' : 'the picture';
  element('hint').textContent = `Drag ${hint}, or use the arrow keys on it, to change it in two directions.`;
  frame.setAttribute('aria-label', 'Picture that can be changed');

  let start: { x: number; y: number; point: Float32Array } | undefined;
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY, point: explorer.point };
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!start) return;
    const side = frame.clientWidth;
    const by = [(clientX - start.x) / side, (clientY - start.y) / side] as const;
    void explorer.move(shifted(latent, start.point, { directions, by }));
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    frame.addEventListener(end, () => (start = undefined));
  frame.addEventListener('keydown', (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = KEY_STEP * (event.shiftKey ? 4 : 1);
    void explorer.move(shifted(latent, explorer.point, { directions, by: [way[0] * step, way[1] * step] }));
  });
}

type Directions = readonly [Float32Array, Float32Array];

/** Two orthogonal directions of length 1, always the same ones; one-hot parts stay 0. */
function directionsOf(latent: LatentSpace): Directions {
  const width = sizeOf(latent);
  const drawn = drawPoints(
    latent.map((part) => ({ ...part, distribution: 'normal' })),
    // Not the stream of points of seeds: a normal part keeps its length, so it could not move along itself.
    { seed: 1, stream: 'z', step: 0 },
    2,
  );
  const free = latent.flatMap(({ size, distribution }) =>
    new Array<number>(size).fill(distribution === 'one-hot' ? 0 : 1),
  );
  const [first, second] = [0, 1].map((row) =>
    drawn.slice(row * width, (row + 1) * width).map((value, index) => value * (free[index] ?? 0)),
  ) as [Float32Array, Float32Array];
  const across = unit(first);
  const along = dot(second, across);
  const rest = second.map((value, index) => value - along * (across[index] ?? 0));
  return [across, unit(rest)];
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

/**
 * The moved point. A normal part keeps its length, which pictures depend on; a uniform one stays in [-1, 1].
 */
function shifted(
  latent: LatentSpace,
  point: Float32Array,
  { directions: [across, down], by: [x, y] }: { directions: Directions; by: readonly [number, number] },
): Float32Array {
  const moved = point.map(
    (value, index) => value + REACH * (x * (across[index] ?? 0) + y * (down[index] ?? 0)),
  );
  let offset = 0;
  for (const { size, distribution } of latent) {
    const [before, after] = [point, moved].map((all) => all.subarray(offset, offset + size)) as [
      Float32Array,
      Float32Array,
    ];
    const ratio = Math.sqrt(dot(before, before) / (dot(after, after) || 1));
    const isLong = distribution === 'normal' && size > 2;
    after.forEach((value, index) => {
      after[index] = isLong ? value * ratio : value;
      if (distribution === 'uniform') after[index] = Math.min(1, Math.max(-1, value));
    });
    offset += size;
  }
  return moved;
}
