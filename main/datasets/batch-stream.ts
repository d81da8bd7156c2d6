/** Batches step after step, the next two always being read while the caller computes with the last one. */
import { datasetNotOpen, type Images } from './pixels.ts';

/** Images of a dataset, and their classes, from 0, where it has several. */
export type Batch = {
  /** [batch, size, size, channels] in [-1, 1] */
  images: Float32Array<ArrayBuffer>;
  classes?: Uint16Array | undefined;
  /** Gives the memory of `images` back, to be used again; whoever keeps them leaves it. */
  release?(): void;
};

export type BatchStream = {
  /**
   * The batch of `step`, the caller's to keep: the images that Dataset.batch answers. The steps after it are
   * then being read; any other step may be taken next and starts anew there. Rejects with StudioError:
   * pixels-unreadable, dataset-not-open (closed); it may be tried again.
   */
  take(step: number): Promise<Batch>;
  /** Drops what is being read; a take that waits is still answered. */
  close(): void;
};

/** Batches on their way while one is used: one for the next step, one against a disk that stutters. */
const AHEAD = 2;

type Coming<Draw> = { step: number; draw: Draw; images: Promise<Images> };

/** Batches that need no reading. */
export function plainStream(make: (step: number) => Batch): BatchStream {
  return { take: async (step) => make(step), close: () => undefined };
}

/**
 * `begin` starts to read a step, `finish` makes the numbers of it and releases its images. Reading begins
 * with step `from`.
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
      begun.images.catch(() => undefined); // met by the take that needs it
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
