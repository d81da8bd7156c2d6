/** What a GAN or a preset asks for, compared with the settings of a run and put in words. */
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

/** The fields that are asked for. */
export function fieldsOf(recommended: Recommended = {}): Field[] {
  return (Object.keys(NAMES) as Field[]).filter((field) => recommended[field] !== undefined);
}

/** Whether the config has all that is asked for, with a batch that fits its dataset. */
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

/** "loss, turns and batch"; undefined when nothing is asked for. */
export function listed(recommended: Recommended): string | undefined {
  const names = fieldsOf(recommended).map((field) => NAMES[field]);
  return names.length > 0 ? new Intl.ListFormat('en-GB').format(names) : undefined;
}

/** "Set as recommended: loss and batch."; undefined when nothing is asked for. */
export function inWords(recommended: Recommended): string | undefined {
  const names = listed(recommended);
  return names && `Set as recommended: ${names}.`;
}

/** The preset that suits the data set; undefined where none does, or one of them is not known yet. */
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
