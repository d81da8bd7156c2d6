/**
 * Chooses and shuffles the images of each batch: a pure function of (seed, step), so a resumed run goes on
 * exactly.
 */
import { randomOrder, randomWords } from '../random.ts';
import { createBatchStream, type Batch, type BatchStream } from './batch-stream.ts';
import { imageWriters } from './levels.ts';
import type { Images, Pixels } from './pixels.ts';

export type BatchRequest = { step: number; batch: number; seed: number };

/** `from` is the step that is read first. */
export type StreamRequest = { batch: number; seed: number; from: number };

export type Batches = {
  batch(request: BatchRequest): Float32Array<ArrayBuffer>;
  stream(request: StreamRequest): BatchStream;
};

/**
 * Which images a batch holds, and a random word for each whose highest bit turns it; none where nothing is
 * turned.
 */
type Draw = { indices: Uint32Array; coins: Uint32Array | undefined };

type BatchesOptions = {
  pixels: Pixels;
  /** Of the images in `pixels`, those that are dealt out. */
  places: Uint32Array;
  size: number;
  channels: 1 | 3;
  /** The class of each image, from 0; empty where they have none. */
  labels?: Uint16Array;
  mirror: 'never' | 'half';
  classes?: 'as they come' | 'evened';
};

/**
 * Answers what makes batches, one by one or as a stream. Epoch e visits every image once, in the order that
 * (seed, e) gives; a batch runs on over the end of an epoch, over several where it is larger than the
 * dataset. With classes evened out, each class has epochs of its own. `size` is a multiple of 4.
 */
export function createBatches({
  pixels,
  places,
  size,
  channels,
  labels = new Uint16Array(),
  mirror,
  classes = 'as they come',
}: BatchesOptions): Batches {
  const isEvened = classes === 'evened' && labels.length > 0;
  const drawOf = createDraws(isEvened ? evenedOrder(labels) : plainOrder(places.length), mirror);
  const imagesOf = ({ indices }: Draw) => indices.map((index) => places[index] ?? 0);
  const finish = createFinish(size, channels);
  const classesOf = ({ indices }: Draw) =>
    labels.length > 0 ? { classes: Uint16Array.from(indices, (index) => labels[index] ?? 0) } : {};
  return {
    batch(request) {
      const draw = drawOf(request);
      return finish(draw, pixels.read(imagesOf(draw)));
    },
    stream({ batch, seed, from }) {
      const begin = (step: number) => {
        const draw = drawOf({ step, batch, seed });
        return { draw, images: pixels.readAhead(imagesOf(draw)) };
      };
      const inReused = reusing(finish);
      return createBatchStream({
        from,
        begin,
        finish: (draw, read) => ({ ...inReused(draw, read), ...classesOf(draw) }),
      });
    },
  };
}

type Finish = (draw: Draw, read: Images, spare?: Float32Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;

/**
 * Answers what writes the images of a batch, turned or not, once they are read; into `spare`, where there is
 * one.
 */
function createFinish(size: number, channels: 1 | 3): Finish {
  const imageLength = size * size * channels;
  const write = imageWriters(size, channels);
  return ({ indices, coins }, { bytes, slots, release }, spare) => {
    const result = spare ?? new Float32Array(indices.length * imageLength); // [batch, size, size, channels] in [-1, 1]
    slots.forEach((slot, place) => {
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset + slot * imageLength, imageLength / 4);
      const target = result.subarray(place * imageLength, (place + 1) * imageLength);
      const isTurned = coins !== undefined && coins[place]! >>> 31 === 1;
      write[isTurned ? 'mirrored' : 'straight'](words, target);
    });
    release();
    return result;
  };
}

/** Writes into the memory that was given back: new memory costs its pages each time, which Electron's allocator does not keep. */
function reusing(finish: Finish): (draw: Draw, read: Images) => Batch {
  const spare: Float32Array<ArrayBuffer>[] = [];
  return (draw, read) => {
    const images = finish(draw, read, spare.pop());
    const release = () => {
      if (spare.length === 0) spare.push(images);
    };
    return { images, release };
  };
}

/** The image at a position of the endless sequence that a seed gives. */
type Order = (seed: number, position: number) => number;

function createDraws(orderOf: Order, mirror: 'never' | 'half'): (request: BatchRequest) => Draw {
  return ({ step, batch, seed }) => ({
    indices: Uint32Array.from({ length: batch }, (_, place) => orderOf(seed, step * batch + place)),
    coins: mirror === 'half' ? randomWords({ seed, stream: 'mirror', step }, batch) : undefined,
  });
}

function plainOrder(count: number): Order {
  const orders = rememberOrders(count);
  return (seed, position) => {
    const epoch = Math.floor(position / count);
    return orders(seed, epoch)[position - epoch * count] ?? 0;
  };
}

/**
 * Of every so many positions as there are classes, one shows each class, in an order drawn anew; within a class
 * an epoch visits every image once.
 */
function evenedOrder(labels: Uint16Array): Order {
  const members = [...new Set(labels)]
    .sort((a, b) => a - b)
    .map((label) => Uint32Array.from([...labels.keys()].filter((index) => labels[index] === label)));
  const turns = rememberOrders(members.length, members.length);
  const orders = members.map(({ length }, part) => rememberOrders(length, part));
  return (seed, position) => {
    const round = Math.floor(position / members.length);
    const member = turns(seed, round)[position - round * members.length] ?? 0;
    const own = members[member]!;
    const epoch = Math.floor(round / own.length);
    return own[orders[member]!(seed, epoch)[round - epoch * own.length]!]!;
  };
}

/** Remembers the orders of the last two epochs: a batch may touch both. `part` tells sequences apart. */
function rememberOrders(count: number, part?: number): (seed: number, epoch: number) => Uint32Array {
  const remembered: { seed: number; epoch: number; order: Uint32Array }[] = [];
  return (seed, epoch) => {
    const known = remembered.find((entry) => entry.epoch === epoch && entry.seed === seed);
    if (known !== undefined) return known.order;
    const order = randomOrder(
      { seed, stream: 'order', step: epoch, ...(part !== undefined && { part }) },
      count,
    );
    if (remembered.push({ seed, epoch, order }) > 2) remembered.shift();
    return order;
  };
}
