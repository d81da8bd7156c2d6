/**
 * `measure`: how far a run's images are from its data, beside an untrained generator, in random features; of
 * points of the plane, in the plane.
 */
import path from 'node:path';
import { drawPoints, generate } from '../explore/index.ts';
import { energyDistance, randomFeatureDistance, spread, type Images } from '../metrics/index.ts';
import { openRunData } from '../runs/index.ts';
import { Session, withModel } from '../training/index.ts';
import { withDecoders } from './default-decoders.ts';
import { defaultFolders } from './default-folders.ts';
import { sourceFrom, withRemedies, type PicturesFlags } from './run-pictures.ts';

const IMAGES = 256;

export type Measurement = {
  step: number;
  images: number;
  distance: number;
  untrainedDistance: number;
  spread: number;
  dataSpread: number;
};

/** Compares as many generated images as there are real ones, 256 at most, all from fixed seeds. */
export function measureCommand({
  run: folder,
  changedData,
  ...pictures
}: PicturesFlags & { run: string }): Promise<Measurement> {
  const source = sourceFrom(pictures);
  return withModel(path.resolve(folder), async ({ run, step, model }) => {
    const { config } = run;
    const { dataset } = await withRemedies(() =>
      withDecoders((decoders) =>
        openRunData(run, { folders: defaultFolders(), decoders, source, changedData }),
      ),
    );
    const { size, channels } = dataset;
    const count = Math.min(IMAGES, dataset.count);
    const shaped = (numbers: Float32Array): Images => ({ numbers, size, channels });
    const data = shaped(dataset.batch({ step: 0, batch: count, seed: 0 }));
    dataset.close();
    const points = drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, count);
    const images = shaped(generate(model, points));
    const untrained = new Session(config);
    const first = shaped(generate(untrained.model, points));
    untrained.dispose();
    return {
      step,
      images: count,
      distance: distanceOf(images, data),
      untrainedDistance: distanceOf(first, data),
      spread: spread(images),
      dataSpread: spread(data),
    };
  });
}

function distanceOf(images: Images, data: Images): number {
  return images.channels === 2
    ? energyDistance(images.numbers, data.numbers)
    : randomFeatureDistance(images, data);
}
