/** Decoders: the interface to decoder processes, and the pool behind it. */
import os from 'node:os';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import type { StartDecoder } from './decoder-process.ts';
import type { FilePart, PlainPicture, PreparedPicture, ViewedPicture, WhyLeftOut } from './messages.ts';
import { Pool, type DecoderLimits, type Tally } from './pool.ts';

/** Where a picture's bytes lie: in a file of its own, or in an archive. */
type PictureSource = { path: Buffer; part?: FilePart | undefined };

export type Decoders = {
  /**
   * Prepares the picture at `path`, or says why it is left out. Rejects with StudioError: cancelled,
   * decoder-broken.
   */
  prepare(
    request: PictureSource & { options: DatasetOptions; signal?: AbortSignal | undefined },
  ): Promise<PreparedPicture | WhyLeftOut>;
  /** Decodes a PNG without any conversion, or says why it cannot be used. */
  pixels(request: PictureSource): Promise<PlainPicture | WhyLeftOut>;
  /**
   * Decodes the picture upright, in its own shape, scaled down so that its longer side is at most `most`
   * pixels (1 to 2048). What is transparent shows the background (#rrggbb). Rejects as `prepare` does.
   */
  view(
    request: PictureSource & {
      most: number;
      background?: string | undefined;
      signal?: AbortSignal | undefined;
    },
  ): Promise<ViewedPicture | WhyLeftOut>;
  /** How many pictures are decoded at once. */
  readonly count: number;
  /** What has happened so far, for benchmarks and tests. */
  readonly tally: Readonly<Tally>;
  /** Ends all processes at once; pending requests reject with StudioError `cancelled`. */
  close(): void;
};

const LIMITS: DecoderLimits = {
  milliseconds: 20_000,
  millisecondsPerMegapixel: 500,
  idleMilliseconds: 30_000,
};

/**
 * A pool that starts processes when there is work, at most `count`: by default one for each core, from 2 to
 * 4.
 */
export function createDecoders({
  start,
  count = Math.min(4, Math.max(2, os.cpus().length)),
  limits = LIMITS,
}: {
  start: StartDecoder;
  count?: number;
  limits?: DecoderLimits;
}): Decoders {
  const pool = new Pool(start, { count, limits });
  return {
    count,
    tally: pool.tally,
    prepare: ({ path, part, options, signal }) =>
      pool.run({ type: 'prepare', path, part, options }, signal) as Promise<PreparedPicture | WhyLeftOut>,
    pixels: ({ path, part }) =>
      pool.run({ type: 'pixels', path, part }) as Promise<PlainPicture | WhyLeftOut>,
    view: ({ path, part, most, background = DEFAULT_DATASET_OPTIONS.background, signal }) =>
      pool.run({ type: 'view', path, part, most, background }, signal) as Promise<ViewedPicture | WhyLeftOut>,
    close: () => pool.close(),
  };
}
