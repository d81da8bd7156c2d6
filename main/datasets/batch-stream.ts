/**
 * Batches step after step; the next two are always being read while the caller computes with the current one.
 */
import { datasetNotOpen, type Images } from './pixels.ts';

/** Images of a data set, and their classes, from 0, if it has several. */
export type Batch = {
  /** [batch, size, size, channels] in [-1, 1] */
  images: Float32Array<ArrayBuffer>;
  classes?: Uint16Array | undefined;
  /** Gives the memory of `images` back for reuse; whoever keeps the images must not call it. */
  release?(): void;
};

export type BatchStream = {
  /**
   * The batch of `step`, the same images as Dataset.batch returns; the caller may keep it. The steps after it
   * are then read ahead; taking any other step next is allowed, and reading starts anew there. Rejects with
   * StudioError: pixels-unreadable, dataset-not-open (closed); it may be tried again.
   */
  take(step: number): Promise<Batch>;
  /** Drops what is being read; a pending `take` is still fulfilled. */
  close(): void;
};

/** Batches being read while one is used: one for the next step, one to bridge a slow moment of the disk. */
const AHEAD = 2;

type Coming<Draw> = { step: number; draw: Draw; images: Promise<Images> };

/** A stream of batches that are made, not read. */
export function plainStream(make: (step: number) => Batch): BatchStream {
  return { take: async (step) => make(step), close: () => undefined };
}

/**
 * A stream whose reading begins with step `from`. `begin` starts to read a step; `finish` turns what was read
 * into a batch and releases it.
 */
export function createBatchStream<Draw>({
  from,
  begin,
  finish,
}: {
  from: number;
  begin: (step: number) => { draw: Draw; images: Promise<Images> };
  finish: (draw: Draw, images: Images) => Batch;
}): BatchStream {
  const coming: Coming<Draw>[] = [];
  let isOpen = true;
  const fill = (step: number, batches: number): void => {
    while (coming.length < batches) {
      const begun = { step: step + coming.length, ...begin(step + coming.length) };
      begun.images.catch(() => undefined); // thrown by the take that needs it
      coming.push(begun);
    }
  };
  const drop = (): void => {
    for (const { images } of coming.splice(0)) images.then(({ release }) => release()).catch(() => undefined);
  };
  fill(from, AHEAD);
  return {
    async take(step) {
      if (!isOpen) throw datasetNotOpen();
      if (coming[0]?.step !== step) drop();
      fill(step, AHEAD + 1);
      const { draw, images } = coming.shift()!;
      return finish(draw, await images);
    },
    close() {
      isOpen = false;
      drop();
    },
  };
}
