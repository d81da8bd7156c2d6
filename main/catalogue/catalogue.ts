/**
 * The catalogue as the renderer and the command line see it: every GAN, loss, stabiliser, optimiser, preset
 * and metric, with options as JSON Schema.
 */
import { z } from 'zod';
import type { Catalogue, CatalogueEntry, ExplainedEntry } from '../contract/index.ts';
import { phasesOf, GANS } from '../gans/index.ts';
import { LOSSES } from '../losses/index.ts';
import { hasEfficientNet, METRICS } from '../metrics/index.ts';
import { OPTIMIZERS } from '../optimizers/index.ts';
import { PRESETS } from './presets.ts';
import { STABILISERS } from '../stabilisers/index.ts';

const WITHOUT_NETWORK =
  'It needs the trained network EfficientNet-Lite0, which is not installed. npm run setup fetches it.';

/**
 * All that a run can be made of. `features`: the folder with the trained network of metrics, if there is one.
 */
export function catalogue(features?: string): Catalogue {
  const lacksNetwork = !hasEfficientNet(features);
  return {
    gans: GANS.map((gan) => ({
      ...explained(gan),
      recommends: gan.recommends,
      phases: phasesOf(gan),
      uses: gan.uses.map(({ use, label }) => ({ use, label })),
    })),
    losses: LOSSES.map(explained),
    stabilisers: STABILISERS.map(explained),
    optimizers: OPTIMIZERS.map(described),
    presets: [...PRESETS],
    metrics: METRICS.map(({ kind, label, summary, unit, better, every }) => ({
      kind,
      label,
      summary,
      unit,
      better,
      ...(lacksNetwork && every === 'request' && { unavailable: WITHOUT_NETWORK }),
    })),
  };
}

type Described = Omit<CatalogueEntry, 'options'> & { options: z.ZodObject };

function described({ kind, label, summary, paper, options }: Described): CatalogueEntry {
  return { kind, label, summary, paper, options: z.toJSONSchema(options) };
}

function explained(entry: Described & Pick<ExplainedEntry, 'explanation'>): ExplainedEntry {
  return { ...described(entry), explanation: entry.explanation };
}
