/** A run's config in words, for those who want to know what it was. */
import {
  isSettingPath,
  RUN_SETTINGS,
  settingAt,
  valueAt,
  type CatalogueEntry,
  type Choice,
  type GroupPath,
  type PhaseEntry,
  type RunConfig,
  type SettingPath,
} from '#main/contract/index.ts';
import { count, percent, plural, unbroken } from '../parts/format.ts';
import { optionWords, schemaFields } from '../parts/schema-fields.ts';
import { datasetFacts } from './dataset-words.ts';
import { othersThanD } from './turns-hint.ts';

export type ConfigFact = { name: string; value: string; title?: string };
type List = 'gans' | 'losses' | 'stabilisers' | 'optimizers';
/** What the catalogue says of a choice, once it has come. */
type EntryOf = (list: List, kind: string) => (CatalogueEntry & { phases?: PhaseEntry[] }) | undefined;

/** A fact with words of its own; of a group, it tells these members. */
type Fact = {
  of: GroupPath | SettingPath;
  tells: readonly SettingPath[];
  words: (config: RunConfig, look: EntryOf) => string;
};

/**
 * In the order of the settings form. What stands in no fact comes after these, each setting as its
 * description says.
 */
const FACTS: readonly (Fact | SettingPath)[] = [
  { of: 'gan', tells: [], words: ({ gan }, look) => withOptions(gan, look('gans', gan.kind)) },
  { of: 'loss', tells: [], words: ({ loss }, look) => withOptions(loss, look('losses', loss.kind)) },
  {
    of: 'stabilisers',
    tells: [],
    words: ({ stabilisers }, look) =>
      stabilisers.map((each) => changed(each, look('stabilisers', each.kind))).join('; ') || 'none',
  },
  {
    of: 'turns',
    tells: ['turns.kind', 'turns.discriminator'],
    words: ({ turns: { kind, discriminator }, gan }, look) =>
      kind === 'several'
        ? `${discriminator} updates of D per update of ${othersThanD(look('gans', gan.kind)?.phases ?? [])}`
        : small(choiceWords('turns.kind', kind)),
  },
  'steps',
  'batch',
  'optimizer.learningRate.discriminator',
  'optimizer.learningRate.generator',
  {
    of: 'optimizer',
    tells: [],
    words: ({ optimizer }, look) => withOptions(optimizer, look('optimizers', optimizer.kind)),
  },
  {
    of: 'optimizer.schedule',
    tells: [
      'optimizer.schedule.kind',
      'optimizer.schedule.from',
      'optimizer.schedule.over',
      'optimizer.schedule.floor',
    ],
    words: ({ optimizer: { schedule } }) => scheduleWords(schedule),
  },
  'optimizer.clip',
  // It is a name more than a number: no commas.
  { of: 'seed', tells: ['seed'], words: ({ seed }) => String(seed) },
  {
    of: 'z',
    tells: ['z.size', 'z.distribution'],
    words: ({ z: { size, distribution } }) =>
      `${size}, ${small(choiceWords('z.distribution', distribution))}`,
  },
  'averaging',
  {
    of: 'samples',
    tells: ['samples.count', 'samples.everySteps'],
    words: (config) =>
      `${settingWords(config, 'samples.count')} every ${settingWords(config, 'samples.everySteps')}`,
  },
  {
    of: 'checkpoints',
    tells: ['checkpoints.everySteps', 'checkpoints.everyMinutes'],
    words: (config) =>
      `every ${settingWords(config, 'checkpoints.everySteps')} or ${settingWords(config, 'checkpoints.everyMinutes')}`,
  },
  { of: 'heldOut', tells: ['heldOut'], words: ({ heldOut }) => (heldOut > 0 ? percent(heldOut) : 'none') },
  { of: 'precision', tells: ['precision'], words: ({ precision }) => precision },
  {
    of: 'measuring.share',
    tells: ['measuring.share'],
    words: ({ measuring: { share } }) => (share > 0 ? `at most ${percent(share)}` : 'off'),
  },
];

/** Told before all others, or elsewhere: a run's name is its title. */
const TOLD: readonly string[] = [
  'name',
  'dataset.options.size',
  'dataset.options.colour',
  'dataset.options.framing',
  'dataset.options.background',
  'dataset.options.mirror',
  'dataset.options.classes',
  'dataset.options.evenClasses',
  ...FACTS.flatMap((fact) => (typeof fact === 'string' ? fact : fact.tells)),
];
const REST = RUN_SETTINGS.map(({ path }) => path)
  .filter(isSettingPath)
  .filter((path) => !TOLD.includes(path));

/** The whole config, in the order of the settings form; labels come from the settings and the catalogue. */
export function configFacts(config: RunConfig, look: EntryOf = () => undefined): ConfigFact[] {
  const { dataset, classes } = config;
  const rest = REST.filter(
    (path) => dataset.source.kind !== 'points' || !path.startsWith('dataset.options.'),
  );
  return [
    ...datasetFacts(dataset),
    ...(classes.length > 0
      ? [{ name: 'Classes', value: `${count(classes.length)}: ${classes.join(', ')}` }]
      : []),
    ...[...FACTS, ...rest].map((fact) =>
      typeof fact === 'string'
        ? { name: nameOf(fact), value: settingWords(config, fact) }
        : { name: nameOf(fact.of), value: fact.words(config, look) },
    ),
  ];
}

function nameOf(path: GroupPath | SettingPath): string {
  const { fact, title } = settingAt(path);
  return fact ?? title;
}

/** The value of one setting, as its description says. */
function settingWords(config: RunConfig, path: SettingPath): string {
  const { unit, zero, choices } = settingAt(path);
  const value = valueAt(config, path);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return choices?.[value]?.label ?? value;
  if (value === 0 && zero !== undefined) return zero;
  if (unit === 'min') return `${value} min`;
  if (unit !== undefined) return plural(value, unit);
  return Number.isInteger(value) ? count(value) : String(value);
}

/** What a choice is called. */
function choiceWords(path: SettingPath, value: string): string {
  return settingAt(path).choices?.[value]?.label ?? value;
}

/** As it stands inside a sentence: "Batch normalisation" -> "batch normalisation", while ICNR stays. */
function small(words: string): string {
  return /^[A-Z][a-z ]/.test(words) ? `${words.charAt(0).toLowerCase()}${words.slice(1)}` : words;
}

function scheduleWords({ kind, from, over, floor }: RunConfig['optimizer']['schedule']): string {
  const words = small(choiceWords('optimizer.schedule.kind', kind));
  return kind === 'constant'
    ? words
    : `${words}, ${unbroken(`steps ${count(from)} to ${count(from + over)}`)}, ${unbroken(`down to ${floor}`)}`;
}

function withOptions({ kind, options }: Choice, entry: CatalogueEntry | undefined): string {
  const fields = schemaFields(entry?.options ?? {});
  const inWords = Object.entries(options).map(([key, value]) => {
    const field = fields.find((each) => each.key === key);
    return unbroken(`${small(field?.label ?? key)}: ${small(optionWords(field, value))}`);
  });
  return [entry?.label ?? kind, ...inWords].join(', ');
}

/** With those options that are not as they start. */
function changed({ kind, options }: Choice, entry: CatalogueEntry | undefined): string {
  const fields = schemaFields(entry?.options ?? {});
  const differs = ([key, value]: [string, unknown]): boolean =>
    fields.find((field) => field.key === key)?.initial !== value;
  return withOptions({ kind, options: Object.fromEntries(Object.entries(options).filter(differs)) }, entry);
}
