/** KID of a model beside the data of its run, for benchmarks. */
import type { RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import { openEfficientNet } from '../metrics/index.ts';
import { allPieces } from '../pieces.ts';
import { measureQuality } from '../quality/index.ts';
import { openSome, type Opened } from './short-run.ts';

/** Times 1000, with its standard error. Throws where the network is missing. */
export async function kidOf(
  model: Model,
  config: RunConfig,
  opened: Opened,
): Promise<{ kid: number; error: number }> {
  const network = openEfficientNet(opened.folders.features);
  if (!network) throw new Error('KID wants EfficientNet-Lite0: npm run setup fetches it.');
  const all = await openSome(config, undefined, opened);
  const data = all.holdOut?.(config) ?? all;
  try {
    const { scores } = allPieces(measureQuality({ model, config, dataset: data, network }));
    const { kid: found } = scores.samples;
    return { kid: rounded(found?.value), error: rounded(found?.error) };
  } finally {
    network.dispose();
    data.close();
  }
}

/** KID is told times 1000. */
const rounded = (value: number | undefined): number => Math.round(10 * (value ?? NaN)) / 10;
