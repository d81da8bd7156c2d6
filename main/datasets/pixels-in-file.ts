/**
 * Reads prepared images from the cache's file. A step blocks JavaScript but not libuv's threads, so all reads
 * of a batch are handed to those at once: a read that waited for another's callback would wait for the step
 * to end.
 */
import { closeSync, openSync, read, readSync } from 'node:fs';
import { StudioError, systemCause } from '../contract/index.ts';
import { datasetNotOpen, type Images, type Pixels } from './pixels.ts';

/** One read: `length` bytes from `position` in the file to `at` in `target`. */
export type ReadRequest = {
  descriptor: number;
  target: Uint8Array;
  at: number;
  length: number;
  position: number;
};
/** Reads in another thread, then reports how many bytes were read; 0 at the end of the file. */
export type ReadAt = (request: ReadRequest, done: (error: Error | null, bytes: number) => void) => void;

/** Neighbours in the file are read together up to this size; larger reads would leave other threads idle. */
const MOST_BYTES_AT_ONCE = 1 << 20;
/** A stream has at most three batches: one in use and two being read. */
const MOST_SPARE_BUFFERS = 3;

const readOnThreads: ReadAt = ({ descriptor, target, at, length, position }, done) => {
  read(descriptor, target, at, length, position, done);
};

/**
 * The images of `imageBytes` bytes each in `file`, which stays open until `close`. An image that is requested
 * twice in a batch is read once. Throws the file system's error when the file cannot be opened; reading
 * throws StudioError pixels-unreadable.
 */
export function pixelsInFile({
  file,
  imageBytes,
  readAt = readOnThreads,
}: {
  file: string;
  imageBytes: number;
  readAt?: ReadAt;
}): Pixels {
  const held = holdOpen(file);
  const buffers = keepBuffers();
  const plan = (indices: Uint32Array) =>
    planReads(indices, { descriptor: held.descriptor(), buffers, imageBytes });
  const explained = (error: unknown, images: Images): StudioError => {
    images.release();
    return unreadable(file, error);
  };
  return {
    read(indices) {
      const { requests, images } = plan(indices);
      try {
        requests.forEach(readNow);
      } catch (error) {
        throw explained(error, images);
      }
      return images;
    },
    async readAhead(indices) {
      const { requests, images } = plan(indices);
      await held.during(readAll(requests, readAt)).catch((error: unknown) => {
        throw explained(error, images);
      });
      return images;
    },
    close() {
      held.close();
      buffers.close();
    },
  };
}

/**
 * A file that stays open until `close` and until all reads that are under way then have ended: once it is
 * closed, its descriptor may be reused for another file.
 */
function holdOpen(file: string) {
  const descriptor = openSync(file, 'r');
  let isOpen = true;
  let underWay = 0;
  return {
    /** Throws StudioError dataset-not-open. */
    descriptor(): number {
      if (!isOpen) throw datasetNotOpen();
      return descriptor;
    },
    async during(reads: Promise<void>): Promise<void> {
      underWay++;
      try {
        await reads;
      } finally {
        if (--underWay === 0 && !isOpen) closeSync(descriptor);
      }
    },
    close(): void {
      if (isOpen && underWay === 0) closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** Buffers for reuse; the memory of a new one costs page faults. */
function keepBuffers() {
  let spare: Uint8Array[] | undefined = [];
  return {
    take(bytes: number): Uint8Array {
      const large = spare?.find(({ length }) => length >= bytes);
      spare = spare?.filter((buffer) => buffer !== large);
      return large ?? new Uint8Array(bytes);
    },
    giveBack(buffer: Uint8Array): void {
      if (spare !== undefined && spare.length < MOST_SPARE_BUFFERS) spare.push(buffer);
    },
    close(): void {
      spare = undefined;
    },
  };
}

/** The reads that fetch these images, and the images as they are once all reads have ended. */
function planReads(
  indices: Uint32Array,
  {
    descriptor,
    buffers,
    imageBytes,
  }: { descriptor: number; buffers: ReturnType<typeof keepBuffers>; imageBytes: number },
): { requests: ReadRequest[]; images: Images } {
  const target = buffers.take(indices.length * imageBytes);
  const { slots, runs } = planRuns(indices, Math.max(1, Math.floor(MOST_BYTES_AT_ONCE / imageBytes)));
  const requests = runs.map(({ first, slot, count }) => ({
    descriptor,
    target,
    at: slot * imageBytes,
    length: count * imageBytes,
    position: first * imageBytes,
  }));
  return { requests, images: { bytes: target, slots, release: () => buffers.giveBack(target) } };
}

/** `count` images of the file from image `first` on, which go to the slots from `slot` on. */
type Run = { first: number; slot: number; count: number };

/**
 * Gives each image a slot, in the order of the file, and joins neighbours into runs of at most `longest`
 * images.
 */
function planRuns(indices: Uint32Array, longest: number): { slots: Uint32Array; runs: Run[] } {
  const slots = new Uint32Array(indices.length);
  const runs: Run[] = [];
  const inOrder = Array.from(indices, (index, at) => ({ index, at })).sort((a, b) => a.index - b.index);
  let used = 0;
  let before = -1;
  for (const { index, at } of inOrder) {
    if (index !== before) {
      const run = runs[runs.length - 1];
      if (run !== undefined && index === run.first + run.count && run.count < longest) run.count++;
      else runs.push({ first: index, slot: used, count: 1 });
      used++;
      before = index;
    }
    slots[at] = used - 1;
  }
  return { slots, runs };
}

function readNow({ descriptor, target, at, length, position }: ReadRequest): void {
  for (let done = 0; done < length;) {
    const bytes = readSync(descriptor, target, at + done, length - done, position + done);
    if (bytes === 0) throw endsEarly(position + done);
    done += bytes;
  }
}

/** Begins all reads; settles when the last one has ended, so that nothing is written to the buffer later. */
function readAll(requests: ReadRequest[], readAt: ReadAt): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = requests.length;
    let failed: Error | undefined;
    const landed = (error: Error | undefined): void => {
      failed ??= error;
      if (--left > 0) return;
      if (failed === undefined) resolve();
      else reject(failed);
    };
    if (left === 0) resolve();
    for (const request of requests) readFully({ request, readAt, done: landed });
  });
}

/** Repeats a read that brought fewer bytes than requested, for the rest. */
function readFully({
  request,
  readAt,
  done,
}: {
  request: ReadRequest;
  readAt: ReadAt;
  done: (error?: Error) => void;
}): void {
  readAt(request, (error, bytes) => {
    if (error !== null) return done(error);
    if (bytes === 0) return done(endsEarly(request.position));
    if (bytes === request.length) return done();
    const { at, length, position } = request;
    readFully({
      request: { ...request, at: at + bytes, length: length - bytes, position: position + bytes },
      readAt,
      done,
    });
  });
}

function endsEarly(position: number): RangeError {
  return new RangeError(`it ends at byte ${position}`);
}

function unreadable(file: string, error: unknown): StudioError {
  const fact = error instanceof RangeError ? error.message : systemCause(error);
  return new StudioError({
    code: 'pixels-unreadable',
    message: `The prepared pictures in ${file} cannot be read (${fact}).`,
    remedy:
      'Check that its disk is there, then resume the run from its last checkpoint: a damaged file is prepared again.',
  });
}
