/**
 * Counter-based random numbers: the same (seed, stream, step) gives the same numbers, whatever was drawn
 * before, so a resumed run needs no generator state.
 *
 * Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * 2011.
 */

/** Uses of randomness that must not share numbers. */
export const STREAMS = {
  order: 1,
  mirror: 2,
  z: 3,
  fixedZ: 4,
  initialWeights: 5,
  latent: 6,
  features: 7,
  step: 8,
  classes: 9,
  points: 10,
} as const;
export type Stream = keyof typeof STREAMS;

/**
 * Names one sequence of random numbers. `step` counts steps, epochs or weights, depending on the stream.
 * `part` numbers the sequences, from 0, that a stream draws in the same step.
 */
export type RandomKey = { seed: number; stream: Stream; step: number; part?: number };
/** The factor of `part` in a key; more than there are streams, so that keys do not collide. */
const STREAMS_AT_MOST = 256;

const EVEN = [13, 15, 26, 6] as const;
const ODD = [17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/**
 * One block of Threefry-2x32-20: key and counter are pairs of 32-bit words; returns a pair of unsigned words.
 */
export function threefry(
  key: readonly [number, number],
  [step, block]: readonly [number, number],
): [number, number] {
  const words = new Uint32Array(2);
  fillBlocks(words, { key, step, block });
  return [words[0] ?? 0, words[1] ?? 0];
}

/**
 * Fills `words` with the blocks of the counters (step, block), (step, block + 1), ... It allocates nothing,
 * as a step takes thousands of blocks.
 */
function fillBlocks(
  words: Uint32Array,
  { key: [k0, k1], step, block }: { key: readonly [number, number]; step: number; block: number },
): void {
  const k2 = PARITY ^ k0 ^ k1;
  for (let index = 0; index < words.length; index += 2) {
    let a = (step + k0) | 0;
    let b = (block + index / 2 + k1) | 0;
    let [first, second, third] = [k1, k2, k0];
    for (let group = 1; group <= 5; group++) {
      const [r0, r1, r2, r3] = group % 2 === 1 ? EVEN : ODD;
      a = (a + b) | 0;
      b = ((b << r0) | (b >>> (32 - r0))) ^ a;
      a = (a + b) | 0;
      b = ((b << r1) | (b >>> (32 - r1))) ^ a;
      a = (a + b) | 0;
      b = ((b << r2) | (b >>> (32 - r2))) ^ a;
      a = (a + b) | 0;
      b = ((b << r3) | (b >>> (32 - r3))) ^ a;
      a = (a + first) | 0;
      b = (b + second + group) | 0;
      const last = first;
      first = second;
      second = third;
      third = last;
    }
    words[index] = a;
    words[index + 1] = b;
  }
}

let refuse: (() => never) | undefined;

/**
 * Makes all drawing call `refusal`, which throws, until this is called with undefined: numbers drawn while a
 * step is recorded would become constants in it.
 */
export function refuseDrawing(refusal: (() => never) | undefined): void {
  refuse = refusal;
}

/** `count` unsigned 32-bit words. */
export function randomWords({ seed, stream, step, part = 0 }: RandomKey, count: number): Uint32Array {
  refuse?.();
  const words = new Uint32Array(count + (count % 2));
  fillBlocks(words, { key: [seed, STREAMS[stream] + STREAMS_AT_MOST * part], step, block: 0 });
  return words.subarray(0, count);
}

/** `count` numbers from the uniform distribution over [-1, 1). */
export function randomUniform(key: RandomKey, count: number): Float32Array {
  return Float32Array.from(randomWords(key, count), (word) => word / 0x80000000 - 1);
}

/** `count` numbers from the standard normal distribution (Box and Muller 1958). */
export function randomNormal(key: RandomKey, count: number): Float32Array {
  const words = randomWords(key, count + (count % 2));
  const numbers = new Float32Array(words.length);
  for (let index = 0; index < words.length; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(((words[index] ?? 0) + 1) / 0x100000000));
    const angle = (2 * Math.PI * (words[index + 1] ?? 0)) / 0x100000000;
    numbers[index] = radius * Math.cos(angle);
    numbers[index + 1] = radius * Math.sin(angle);
  }
  return numbers.subarray(0, count);
}

/** The numbers 0 to count - 1 in random order (Fisher and Yates). */
export function randomOrder(key: RandomKey, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const words = randomWords(key, count);
  for (let index = count - 1; index > 0; index--) {
    const other = Math.floor(((words[index] ?? 0) / 0x100000000) * (index + 1));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
