/** Settings that a GAN or a preset recommends, compared with those of a run and put in words. */
import {
  recommendedPreset,
  type Catalogue,
  type DatasetSummary,
  type Preset,
  type Recommended,
  type RunConfig,
} from '#main/contract/index.ts';

type Field = keyof Recommended;

const NAMES: Record<Field, string> = {
  gan: 'options',
  loss: 'loss',
  stabilisers: 'stabilisers',
  turns: 'update order',
  z: 'z',
  optimizer: 'optimiser',
  batch: 'batch',
  averaging: 'EMA decay',
  steps: 'steps',
};

/** The fields that are recommended. */
export function fieldsOf(recommended: Recommended = {}): Field[] {
  return (Object.keys(NAMES) as Field[]).filter((field) => recommended[field] !== undefined);
}

/** Whether a config has all that is recommended, with a batch that fits its data set. */
export function holds(
  config: RunConfig,
  recommended: Recommended,
  batchThatFits: (batch: number) => number,
): boolean {
  return fieldsOf(recommended).every((field) => {
    const wanted = field === 'batch' ? batchThatFits(recommended.batch ?? 0) : recommended[field];
    return JSON.stringify(config[field]) === JSON.stringify(wanted);
  });
}

/** "loss, update order and batch"; undefined if nothing is recommended. */
export function listed(recommended: Recommended): string | undefined {
  const names = fieldsOf(recommended).map((field) => NAMES[field]);
  return names.length > 0 ? new Intl.ListFormat('en-GB').format(names) : undefined;
}

/** "Set as recommended: loss and batch."; undefined if nothing is recommended. */
export function inWords(recommended: Recommended): string | undefined {
  const names = listed(recommended);
  return names && `Set as recommended: ${names}.`;
}

/**
 * The preset that suits the data set; undefined if none does, or before catalogue and data set have loaded.
 */
export function recommendedFor(
  catalogue: Catalogue | undefined,
  data: DatasetSummary | undefined,
): Preset | undefined {
  if (!catalogue || !data) return undefined;
  return recommendedPreset(catalogue.presets, {
    data: data.source.kind === 'points' ? 'points' : 'pictures',
    count: data.count,
    classes: data.classes.length,
  });
}
