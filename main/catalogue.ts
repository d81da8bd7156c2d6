/**
 * The catalogue as the renderer and the command line see it: every gan, loss, stabiliser and optimiser, its
 * options as JSON Schema.
 */
import { z } from 'zod';
import type { Catalogue, CatalogueEntry, ExplainedEntry } from './contract/index.ts';
import { phasesOf, GANS } from './gans/index.ts';
import { LOSSES } from './losses/index.ts';
import { AT_CHECKPOINTS } from './metrics/index.ts';
import { OPTIMIZERS } from './optimizers/index.ts';
import { PRESETS } from './presets.ts';
import { STABILISERS } from './stabilisers/index.ts';

/** All that a run can be made of. */
export function catalogue(): Catalogue {
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
    metrics: AT_CHECKPOINTS.map(({ kind, label, summary, unit, better }) => ({
      kind,
      label,
      summary,
      unit,
      better,
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
