/** A data set of noise, for benchmarks and tests that need images but no folder. */
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { randomUniform } from '../random.ts';
import { plainStream } from './batch-stream.ts';
import type { Dataset } from './dataset.ts';

/** `count` images of noise, other ones in every step; `batch` replaces how they are drawn. */
export function noiseDataset({
  size,
  channels,
  count,
  batch,
}: {
  size: DatasetOptions['size'];
  channels: 1 | 3;
  count: number;
  batch?: Dataset['batch'];
}): Dataset {
  const length = size * size * channels;
  const options: DatasetOptions = {
    ...DEFAULT_DATASET_OPTIONS,
    size,
    colour: channels === 3 ? 'rgb' : 'grey',
  };
  const draw =
    batch ??
    ((request) =>
      randomUniform(
        { seed: request.seed, stream: 'order', step: request.step },
        request.batch * length,
      ) as Float32Array<ArrayBuffer>);
  return {
    summary: summaryOf(options, count),
    size,
    channels,
    count,
    labels: new Uint16Array(),
    bytes: (indices) => new Uint8Array(indices.length * length),
    batch: draw,
    stream: ({ batch: images, seed }) =>
      plainStream((step) => ({ images: draw({ step, batch: images, seed }) })),
    close: () => undefined,
  };
}

const summaryOf = (options: DatasetOptions, count: number): Dataset['summary'] => ({
  id: 'noise',
  source: { kind: 'files', paths: ['noise'] },
  options,
  name: 'noise',
  taken: 'Noise.',
  count,
  usable: count,
  filesSeen: count,
  leftOut: [],
  leftOutByHand: [],
  notes: [],
  formats: {},
  classes: [],
});
