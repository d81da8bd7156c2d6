/** Measures KID of a model against the data of its run, for benchmarks. */
import type { RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import { openEfficientNet } from '../metrics/index.ts';
import { allPieces } from '../pieces.ts';
import { measureQuality } from '../quality/index.ts';
import { openSome, type Resources } from './short-run.ts';

/** KID × 1000, with its standard error. Throws Error if the network is missing. */
export async function kidOf(
  model: Model,
  config: RunConfig,
  resources: Resources,
): Promise<{ kid: number; error: number }> {
  const network = openEfficientNet(resources.folders.features);
  if (!network) throw new Error('KID needs EfficientNet-Lite0: run npm run setup to fetch it.');
  const all = await openSome(config, undefined, resources);
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

const rounded = (value: number | undefined): number => Math.round(10 * (value ?? NaN)) / 10;
