/** A dataset of points of the plane: drawn anew in every step, so that it needs no folder and no cache, and never repeats. */
import { createHash } from 'node:crypto';
import type { DatasetOptions, Points } from '../contract/index.ts';
import { randomNormal, randomWords } from '../random.ts';
import { plainStream } from './batch-stream.ts';
import type { BatchRequest } from './batches.ts';
import type { Dataset } from './open-dataset.ts';

/** Points as networks see them: scaled so that G's tanh reaches them; each centre is as likely as any other. */
export type ScaledPoints = {
  /** In [-1, 1]. */
  centres: [number, number][];
  /** Standard deviation about a centre, in each direction, in the same measure. */
  deviation: number;
  /** What the points' own coordinates are multiplied by. */
  scale: number;
};

/** So many points count as one pass over the data. */
const COUNT = 100_000;
/** So many of them show where they lie. */
const SHOWN = 1000;
/** Beyond the outermost centre there is a quarter more room, and so many deviations. */
const ROOM = 1.25;
const DEVIATIONS = 4;

/** Points as images of one pixel with two channels; `options` are kept, but a point has no use for them. */
export function pointsDataset(points: Points, options: DatasetOptions): Dataset {
  const scaled = scaledPoints(points);
  const batch = (request: BatchRequest) => drawPoints(scaled, request);
  return {
    summary: {
      id: createHash('sha256').update(JSON.stringify(points)).digest('hex').slice(0, 32),
      source: { kind: 'points', points }, options, name: nameOf(points), count: COUNT, filesSeen: 0, leftOut: [], formats: {}, classes: [],
    },
    size: 1, channels: 2, count: COUNT,
    bytes(indices) {
      const all = batch({ seed: 0, step: 0, batch: 1 + Array.from(indices).reduce((last, index) => Math.max(last, index), -1) });
      return Uint8Array.from(Array.from(indices).flatMap((index) => [all[2 * index]!, all[2 * index + 1]!]), byteOf);
    },
    batch,
    stream: ({ batch: count, seed }) => plainStream((step) => ({ images: batch({ step, batch: count, seed }) })),
    close: () => undefined,
  };
}

/** Enough points to show where they lie, [x, y] in [-1, 1] each. */
export function somePoints(points: Points): Float32Array {
  return drawPoints(scaledPoints(points), { seed: 0, step: 0, batch: SHOWN });
}

/** Centres of a ring lie on a circle, from (radius, 0) on anticlockwise; those of a grid row by row, its middle at the origin. */
export function scaledPoints(points: Points): ScaledPoints {
  const centres = centresOf(points);
  const farthest = centres.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  const extent = ROOM * farthest + DEVIATIONS * points.deviation;
  const scale = extent > 0 ? 1 / extent : 1;
  return { centres: centres.map(([x, y]) => [x * scale, y * scale]), deviation: points.deviation * scale, scale };
}

/** [batch, 1, 1, 2] */
function drawPoints({ centres, deviation }: ScaledPoints, { seed, step, batch }: BatchRequest): Float32Array<ArrayBuffer> {
  // Two keys for each step, so that a centre says nothing of the noise about it.
  const chosen = randomWords({ seed, stream: 'points', step: 2 * step }, batch);
  const noise = randomNormal({ seed, stream: 'points', step: 2 * step + 1 }, 2 * batch);
  const numbers = new Float32Array(2 * batch);
  for (let index = 0; index < numbers.length; index++) {
    const centre = centres[Math.floor((chosen[index >> 1]! / 0x100000000) * centres.length)]!;
    numbers[index] = centre[index & 1]! + deviation * noise[index]!;
  }
  return numbers;
}

function centresOf(points: Points): readonly (readonly [number, number])[] {
  switch (points.layout) {
    case 'ring': return Array.from({ length: points.modes }, (_, mode) => {
      const angle = (2 * Math.PI * mode) / points.modes;
      return [points.radius * Math.cos(angle), points.radius * Math.sin(angle)];
    });
    case 'grid': {
      const place = (index: number) => (index - (points.side - 1) / 2) * points.spacing;
      return Array.from({ length: points.side ** 2 }, (_, mode) => [place(mode % points.side), place(Math.floor(mode / points.side))]);
    }
    case 'own': return points.centres;
  }
}

function byteOf(number: number): number {
  return Math.round((Math.min(1, Math.max(-1, number)) + 1) * 127.5);
}

function nameOf(points: Points): string {
  switch (points.layout) {
    case 'ring': return `Ring of ${points.modes}`;
    case 'grid': return `Grid of ${points.side ** 2}`;
    case 'own': return `${points.centres.length} points`;
  }
}
