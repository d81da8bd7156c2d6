/** Compares settings with those of a preset. */
import {
  DEFAULT_RUN_CONFIG,
  recommendedSchema,
  withRecommended,
  type Catalogue,
  type Choice,
  type Preset,
  type Recommended,
  type RunConfig,
} from '#main/contract/index.ts';
import { initialValues, schemaFields } from '../parts/schema-fields.ts';

type List = 'gans' | 'losses' | 'stabilisers' | 'optimizers';
type Field = Exclude<keyof Recommended, 'steps'>;

/** The settings that make a preset: all that it recommends but the number of steps. */
export const PRESET_FIELDS = Object.keys(recommendedSchema.shape).filter(
  (field) => field !== 'steps',
) as Field[];

/** The settings of a new run, with what the preset recommends, if there is one. */
export function ofPreset(preset: Preset | undefined): RunConfig {
  return withRecommended(DEFAULT_RUN_CONFIG, preset?.recommends ?? {});
}

/** Whether a config has the settings of a preset; an option that is left out counts as its initial value. */
export function matches(config: RunConfig, preset: RunConfig, catalogue: Catalogue | undefined): boolean {
  const [own, wanted] = [filled(config, catalogue), filled(preset, catalogue)];
  return PRESET_FIELDS.every((field) => JSON.stringify(own[field]) === JSON.stringify(wanted[field]));
}

/** The settings that make a preset, with all options filled in and in a fixed order. */
function filled(config: RunConfig, catalogue: Catalogue | undefined): Pick<RunConfig, Field> {
  const whole = (list: List, { kind, options }: Choice): Choice => {
    const entry = catalogue?.[list].find((each) => each.kind === kind);
    const all = { ...initialValues(schemaFields(entry?.options ?? {})), ...options };
    return { kind, options: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))) };
  };
  const { gan, loss, stabilisers, optimizer } = config;
  const { learningRate, schedule, clip } = optimizer;
  return {
    ...config,
    gan: whole('gans', gan),
    loss: whole('losses', loss),
    stabilisers: stabilisers.map((each) => whole('stabilisers', each)),
    optimizer: { ...whole('optimizers', optimizer), learningRate, schedule, clip },
  };
}
