/** Chooses and shuffles the images of each batch: a pure function of (seed, step), so a resumed run goes on exactly. */
import { randomOrder, randomWords } from '../random.ts';
import type { Pixels } from './pixels.ts';

export type BatchRequest = { step: number; batch: number; seed: number };

/** A byte as the network sees it: 0 to 255 become -1 to 1. */
const LEVELS = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/**
 * Answers the function that makes batches. Epoch e visits every image once, in the order that (seed, e) gives; a batch
 * runs on over the end of an epoch, over several where it is larger than the dataset.
 */
export function createBatches({ pixels, count, size, channels, mirror }: {
  pixels: Pixels;
  count: number;
  size: number;
  channels: 1 | 3;
  mirror: 'never' | 'half';
}): (request: BatchRequest) => Float32Array {
  const imageLength = size * size * channels;
  const image = new Uint8Array(imageLength);
  const orderOf = rememberOrders(count);
  return ({ step, batch, seed }) => {
    const result = new Float32Array(batch * imageLength); // [batch, size, size, channels] in [-1, 1]
    const coins = mirror === 'half' ? randomWords({ seed, stream: 'mirror', step }, batch) : undefined;
    for (let place = 0; place < batch; place++) {
      const position = step * batch + place;
      const epoch = Math.floor(position / count);
      pixels.read({ index: orderOf(seed, epoch)[position - epoch * count]!, target: image, at: 0 });
      const target = result.subarray(place * imageLength, (place + 1) * imageLength);
      if (coins !== undefined && coins[place]! >>> 31 === 1) writeMirrored({ image, target, size, channels });
      else writeStraight(image, target);
    }
    return result;
  };
}

/** Remembers the orders of the last two epochs: a batch may touch both. */
function rememberOrders(count: number): (seed: number, epoch: number) => Uint32Array {
  const remembered: { seed: number; epoch: number; order: Uint32Array }[] = [];
  return (seed, epoch) => {
    const known = remembered.find((entry) => entry.epoch === epoch && entry.seed === seed);
    if (known !== undefined) return known.order;
    const order = randomOrder({ seed, stream: 'order', step: epoch }, count);
    if (remembered.push({ seed, epoch, order }) > 2) remembered.shift();
    return order;
  };
}

function writeStraight(image: Uint8Array, target: Float32Array): void {
  for (let index = 0; index < image.length; index++) target[index] = LEVELS[image[index]!]!;
}

function writeMirrored({ image, target, size, channels }: {
  image: Uint8Array;
  target: Float32Array;
  size: number;
  channels: number;
}): void {
  const rowLength = size * channels;
  for (let row = 0; row < image.length; row += rowLength) {
    for (let x = 0; x < size; x++) {
      const from = row + x * channels;
      const to = row + (size - 1 - x) * channels;
      for (let channel = 0; channel < channels; channel++) target[to + channel] = LEVELS[image[from + channel]!]!;
    }
  }
}
