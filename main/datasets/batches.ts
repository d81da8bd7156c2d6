/**
 * Chooses and shuffles the images of each batch: a pure function of (seed, step), so a resumed run continues
 * exactly.
 */
import { randomOrder, randomWords } from '../random.ts';
import { createBatchStream, type Batch, type BatchStream } from './batch-stream.ts';
import { imageWriters } from './levels.ts';
import type { Images, Pixels } from './pixels.ts';

export type BatchRequest = { step: number; batch: number; seed: number };

/** `from`: the step that is read first. */
export type StreamRequest = { batch: number; seed: number; from: number };

export type Batches = {
  batch(request: BatchRequest): Float32Array<ArrayBuffer>;
  stream(request: StreamRequest): BatchStream;
};

/**
 * The images of a batch, and a random word for each, whose highest bit decides whether it is mirrored;
 * undefined if no image is.
 */
type Draw = { indices: Uint32Array; coins: Uint32Array | undefined };

type BatchesOptions = {
  pixels: Pixels;
  /** Indices into `pixels` of the images to draw from. */
  images: Uint32Array;
  size: number;
  channels: 1 | 3;
  /** The class of each of these images, from 0; empty without classes. */
  labels?: Uint16Array;
  mirror: 'never' | 'half';
  classes?: 'as they come' | 'evened';
};

/**
 * Makes batches, one by one or as a stream. Epoch e visits every image once, in the order that (seed, e)
 * determines. A batch may span the end of an epoch, and several epochs if it is larger than the data set.
 * With classes evened out, each class has epochs of its own. `size` is a multiple of 4.
 */
export function createBatches({
  pixels,
  images,
  size,
  channels,
  labels = new Uint16Array(),
  mirror,
  classes = 'as they come',
}: BatchesOptions): Batches {
  const isEvened = classes === 'evened' && labels.length > 0;
  const drawOf = createDraws(isEvened ? evenedOrder(labels) : plainOrder(images.length), mirror);
  const imagesOf = ({ indices }: Draw) => indices.map((index) => images[index] ?? 0);
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
 * Converts the images of a batch, mirrored or not, once they are read; writes into `spare` if there is one.
 */
function createFinish(size: number, channels: 1 | 3): Finish {
  const imageLength = size * size * channels;
  const write = imageWriters(size, channels);
  return ({ indices, coins }, { bytes, slots, release }, spare) => {
    // [batch, size, size, channels] in [-1, 1]
    const result = spare ?? new Float32Array(indices.length * imageLength);
    slots.forEach((slot, index) => {
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset + slot * imageLength, imageLength / 4);
      const target = result.subarray(index * imageLength, (index + 1) * imageLength);
      const isTurned = coins !== undefined && coins[index]! >>> 31 === 1;
      write[isTurned ? 'mirrored' : 'straight'](words, target);
    });
    release();
    return result;
  };
}

/**
 * Reuses memory that was released: Electron's allocator returns freed pages to the system, so new memory
 * costs page faults each time.
 */
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

/** The image at a position of a seed's endless sequence. */
type Order = (seed: number, position: number) => number;

function createDraws(orderOf: Order, mirror: 'never' | 'half'): (request: BatchRequest) => Draw {
  return ({ step, batch, seed }) => ({
    indices: Uint32Array.from({ length: batch }, (_, index) => orderOf(seed, step * batch + index)),
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
 * Every round of as many positions as there are classes shows each class once, in an order drawn anew. Within
 * a class, an epoch visits every image once.
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

/**
 * The order of each epoch. The last two are remembered, since a batch may span both. `part` tells sequences
 * apart.
 */
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
