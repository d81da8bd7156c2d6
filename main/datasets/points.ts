/**
 * A data set of points of the plane: drawn anew in every step, so it needs no folder and no cache, and never
 * repeats.
 */
import { createHash } from 'node:crypto';
import { pointsName, type DatasetOptions, type Points } from '../contract/index.ts';
import { randomNormal, randomWords } from '../random.ts';
import { plainStream } from './batch-stream.ts';
import type { BatchRequest } from './batches.ts';
import { bytesOf } from './levels.ts';
import type { Dataset } from './dataset.ts';

/** Points as networks see them: scaled so that G's tanh reaches them. */
export type ScaledPoints = {
  /** In [-1, 1]; for a spiral, a number of points on its arms. */
  centres: [number, number][];
  /** Standard deviation about a centre, in each direction, in the same units; for blobs, the largest. */
  deviation: number;
  /** The factor from the points' own coordinates to these. */
  scale: number;
};

/** How many points count as one pass over the data. */
const COUNT = 100_000;
/** How many points are drawn to show how they are distributed. */
const SHOWN = 1000;
/** How many centres represent an arm of a spiral. */
const CENTRES_OF_AN_ARM = 64;
/** The plane extends to the outermost centre times ROOM, plus DEVIATIONS standard deviations. */
const ROOM = 1.25;
const DEVIATIONS = 4;

/**
 * Points as images of one pixel with two channels; `options` have no effect on them, and are only recorded.
 */
export function pointsDataset(points: Points, options: DatasetOptions): Dataset {
  const clusterOf = clusterIn(points);
  const batch = (request: BatchRequest) => drawPoints(clusterOf, request);
  return {
    summary: {
      id: createHash('sha256').update(JSON.stringify(points)).digest('hex').slice(0, 32),
      source: { kind: 'points', points },
      options,
      name: pointsName(points),
      taken: 'Points of a plane, drawn anew in every step.',
      count: COUNT,
      usable: COUNT,
      filesSeen: 0,
      leftOut: [],
      leftOutByHand: [],
      notes: [],
      formats: {},
      classes: [],
    },
    size: 1,
    channels: 2,
    count: COUNT,
    labels: new Uint16Array(),
    bytes(indices) {
      const all = batch({
        seed: 0,
        step: 0,
        batch: 1 + Array.from(indices).reduce((last, index) => Math.max(last, index), -1),
      });
      return bytesOf(Array.from(indices).flatMap((index) => [...all.subarray(2 * index, 2 * index + 2)]));
    },
    batch,
    stream: ({ batch: count, seed }) =>
      plainStream((step) => ({ images: batch({ step, batch: count, seed }) })),
    close: () => undefined,
  };
}

/** Enough points to show how they are distributed, [x, y] in [-1, 1] each. */
export function somePoints(points: Points): Float32Array {
  return drawPoints(clusterIn(points), { seed: 0, step: 0, batch: SHOWN });
}

/**
 * Scales points to [-1, 1]. Centres of a ring run anticlockwise from (radius, 0); those of a grid row by row,
 * with its middle at the origin; the arms of a spiral begin at the origin.
 */
export function scaledPoints(points: Points): ScaledPoints {
  const centres = centresOf(points);
  const farthest = centres.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 0);
  const deviation =
    points.layout === 'blobs' ? Math.max(...points.blobs.map((blob) => blob.deviation)) : points.deviation;
  const extent = ROOM * farthest + DEVIATIONS * deviation;
  const scale = extent > 0 ? 1 / extent : 1;
  return { centres: centres.map(([x, y]) => [x * scale, y * scale]), deviation: deviation * scale, scale };
}

/** The normal distribution that a point is drawn from, chosen by a number in [0, 1). */
type Cluster = { centre: readonly [number, number]; deviation: number };
type ClusterOf = (share: number) => Cluster;

function clusterIn(points: Points): ClusterOf {
  const { centres, deviation, scale } = scaledPoints(points);
  switch (points.layout) {
    case 'ring':
    case 'grid':
    case 'own':
      return (share) => {
        const centre = centres[Math.floor(share * centres.length)];
        if (!centre) throw new RangeError(`The share ${share} is outside [0, 1), so it chooses no centre.`);
        return { centre, deviation };
      };
    case 'blobs': {
      const whole = points.blobs.reduce((sum, { weight }) => sum + weight, 0);
      return (share) => {
        let left = share * whole;
        const blob = points.blobs.find(({ weight }) => (left -= weight) < 0);
        if (!blob) throw new RangeError(`The share ${share} is outside [0, 1), so it chooses no blob.`);
        const [x, y] = blob.centre;
        return { centre: [x * scale, y * scale], deviation: blob.deviation * scale };
      };
    }
    case 'spiral':
      return (share) => {
        const arm = Math.floor(share * points.arms);
        const [x, y] = onArm(points, arm, share * points.arms - arm);
        return { centre: [x * scale, y * scale], deviation };
      };
  }
}

/**
 * The point of an arm that has this share of the arm's points nearer to the middle. The square root makes
 * points as dense far out as near the middle.
 */
function onArm(
  { arms, turns, radius }: Extract<Points, { layout: 'spiral' }>,
  arm: number,
  share: number,
): [number, number] {
  const out = Math.sqrt(share);
  const angle = 2 * Math.PI * (turns * out + arm / arms);
  return [radius * out * Math.cos(angle), radius * out * Math.sin(angle)];
}

/** [batch, 1, 1, 2] */
function drawPoints(clusterOf: ClusterOf, { seed, step, batch }: BatchRequest): Float32Array<ArrayBuffer> {
  // Two keys for each step, so that a centre and the noise about it are independent.
  const chosen = randomWords({ seed, stream: 'points', step: 2 * step }, batch);
  const noise = randomNormal({ seed, stream: 'points', step: 2 * step + 1 }, 2 * batch);
  const numbers = new Float32Array(2 * batch);
  chosen.forEach((word, index) => {
    const {
      centre: [x, y],
      deviation,
    } = clusterOf(word / 0x100000000);
    numbers[2 * index] = x + deviation * (noise[2 * index] ?? 0);
    numbers[2 * index + 1] = y + deviation * (noise[2 * index + 1] ?? 0);
  });
  return numbers;
}

function centresOf(points: Points): readonly (readonly [number, number])[] {
  switch (points.layout) {
    case 'ring':
      return Array.from({ length: points.modes }, (_, mode) => {
        const angle = (2 * Math.PI * mode) / points.modes;
        return [points.radius * Math.cos(angle), points.radius * Math.sin(angle)];
      });
    case 'grid': {
      const coordinate = (index: number) => (index - (points.side - 1) / 2) * points.spacing;
      return Array.from({ length: points.side ** 2 }, (_, mode) => [
        coordinate(mode % points.side),
        coordinate(Math.floor(mode / points.side)),
      ]);
    }
    case 'blobs':
      return points.blobs.map(({ centre }) => centre);
    case 'spiral':
      return Array.from({ length: points.arms * CENTRES_OF_AN_ARM }, (_, index) =>
        onArm(
          points,
          Math.floor(index / CENTRES_OF_AN_ARM),
          ((index % CENTRES_OF_AN_ARM) + 0.5) / CENTRES_OF_AN_ARM,
        ),
      );
    case 'own':
      return points.centres;
  }
}
