/** The catalogue as the renderer and the command line see it: every gan, loss and optimiser, its options as JSON Schema. */
import { z } from 'zod';
import type { Catalogue, CatalogueEntry } from './contract/index.ts';
import { GANS } from './gans/index.ts';
import { LOSSES } from './losses/index.ts';
import { OPTIMIZERS } from './optimizers/index.ts';

type Entry = Omit<CatalogueEntry, 'options'> & { options: z.ZodObject };

/** All that a run can be made of. */
export function catalogue(): Catalogue {
  return { gans: GANS.map(describe), losses: LOSSES.map(describe), optimizers: OPTIMIZERS.map(describe) };
}

function describe({ kind, label, summary, paper, options }: Entry): CatalogueEntry {
  return { kind, label, summary, paper, options: z.toJSONSchema(options) };
}
