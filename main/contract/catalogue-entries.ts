/** The catalogue as the page sees it: its entries, presets and metrics. */
import { z } from 'zod';
import { recommendedSchema, suitsSchema } from './recommended.ts';
import { phaseEntrySchema, useEntrySchema } from './roles.ts';

/** One entry of the catalogue; `options` is a JSON Schema from which the form draws itself. */
export const catalogueEntrySchema = z.object({
  kind: z.string(),
  label: z.string(),
  summary: z.string(),
  paper: z.object({ title: z.string(), url: z.string() }),
  options: z.record(z.string(), z.unknown()),
});
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>;

/** What an entry does to a run, in the field's notation and as a few lines of pseudocode. */
export const explanationSchema = z.object({
  /** What D minimises, or what is added to that; empty where nothing changes. */
  discriminator: z.string(),
  generator: z.string(),
  pseudocode: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanationSchema>;

const explainedEntrySchema = catalogueEntrySchema.extend({ explanation: explanationSchema });
export type ExplainedEntry = z.infer<typeof explainedEntrySchema>;

/** Settings for a purpose, with a sentence on when to use them. */
export const presetSchema = z.object({
  kind: z.string(),
  label: z.string(),
  summary: z.string(),
  /** The data that it is recommended for; absent if it is never recommended automatically. */
  suits: suitsSchema.optional(),
  recommends: recommendedSchema,
});
export type Preset = z.infer<typeof presetSchema>;

/** A metric: a number about a generator that runs measure. */
export const metricEntrySchema = z.object({
  kind: z.string(),
  label: z.string(),
  summary: z.string(),
  /** Empty if it has none. */
  unit: z.string(),
  /** Which way is better. */
  better: z.enum(['up', 'down']),
  /** Why it cannot be measured here, and what to do about it; absent if it can. */
  unavailable: z.string().optional(),
});
export type MetricEntry = z.infer<typeof metricEntrySchema>;

export const catalogueSchema = z.object({
  gans: z.array(
    explainedEntrySchema.extend({
      recommends: recommendedSchema,
      /** In the order in which a step plays them. */
      phases: z.array(phaseEntrySchema),
      /** What the GAN can do once it is trained. */
      uses: z.array(useEntrySchema),
    }),
  ),
  losses: z.array(explainedEntrySchema),
  stabilisers: z.array(explainedEntrySchema),
  optimizers: z.array(catalogueEntrySchema),
  presets: z.array(presetSchema),
  metrics: z.array(metricEntrySchema),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
