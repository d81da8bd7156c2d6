/** A run's config as facts in words: names and values of all its settings. */
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
/** The catalogue's entry of a choice; undefined until the catalogue has loaded. */
type EntryOf = (list: List, kind: string) => (CatalogueEntry & { phases?: PhaseEntry[] }) | undefined;

/** A fact with its own words, named after `of`; `covers`: the settings that it contains. */
type Fact = {
  of: GroupPath | SettingPath;
  covers: readonly SettingPath[];
  words: (config: RunConfig, entryOf: EntryOf) => string;
};

/**
 * In the order of the settings form. A bare path is worded as its setting is described, and so are all
 * settings that no fact covers, which follow these.
 */
const FACTS: readonly (Fact | SettingPath)[] = [
  { of: 'gan', covers: [], words: ({ gan }, entryOf) => withOptions(gan, entryOf('gans', gan.kind)) },
  { of: 'loss', covers: [], words: ({ loss }, entryOf) => withOptions(loss, entryOf('losses', loss.kind)) },
  {
    of: 'stabilisers',
    covers: [],
    words: ({ stabilisers }, entryOf) =>
      stabilisers.map((each) => changed(each, entryOf('stabilisers', each.kind))).join('; ') || 'none',
  },
  {
    of: 'turns',
    covers: ['turns.kind', 'turns.discriminator'],
    words: ({ turns: { kind, discriminator }, gan }, entryOf) =>
      kind === 'several'
        ? `${discriminator} updates of D per update of ${othersThanD(entryOf('gans', gan.kind)?.phases ?? [])}`
        : small(choiceWords('turns.kind', kind)),
  },
  'steps',
  'batch',
  'optimizer.learningRate.discriminator',
  'optimizer.learningRate.generator',
  {
    of: 'optimizer',
    covers: [],
    words: ({ optimizer }, entryOf) => withOptions(optimizer, entryOf('optimizers', optimizer.kind)),
  },
  {
    of: 'optimizer.schedule',
    covers: [
      'optimizer.schedule.kind',
      'optimizer.schedule.from',
      'optimizer.schedule.over',
      'optimizer.schedule.floor',
    ],
    words: ({ optimizer: { schedule } }) => scheduleWords(schedule),
  },
  'optimizer.clip',
  // No thousands separators: people copy a seed rather than read its size.
  { of: 'seed', covers: ['seed'], words: ({ seed }) => String(seed) },
  {
    of: 'z',
    covers: ['z.size', 'z.distribution'],
    words: ({ z: { size, distribution } }) =>
      `${size}, ${small(choiceWords('z.distribution', distribution))}`,
  },
  'averaging',
  {
    of: 'samples',
    covers: ['samples.count', 'samples.everySteps'],
    words: (config) =>
      `${settingWords(config, 'samples.count')} every ${settingWords(config, 'samples.everySteps')}`,
  },
  {
    of: 'checkpoints',
    covers: ['checkpoints.everySteps', 'checkpoints.everyMinutes'],
    words: (config) =>
      `every ${settingWords(config, 'checkpoints.everySteps')} or ${settingWords(config, 'checkpoints.everyMinutes')}`,
  },
  { of: 'heldOut', covers: ['heldOut'], words: ({ heldOut }) => (heldOut > 0 ? percent(heldOut) : 'none') },
  { of: 'precision', covers: ['precision'], words: ({ precision }) => precision },
  {
    of: 'measuring.share',
    covers: ['measuring.share'],
    words: ({ measuring: { share } }) => (share > 0 ? `at most ${percent(share)}` : 'off'),
  },
];

/**
 * Settings in one of these facts, in those of the data set (dataset-words.ts) or, as the name, in the title
 * of a run.
 */
const COVERED: readonly string[] = [
  'name',
  'dataset.options.size',
  'dataset.options.colour',
  'dataset.options.framing',
  'dataset.options.background',
  'dataset.options.mirror',
  'dataset.options.classes',
  'dataset.options.evenClasses',
  ...FACTS.flatMap((fact) => (typeof fact === 'string' ? fact : fact.covers)),
];
const REST = RUN_SETTINGS.map(({ path }) => path)
  .filter(isSettingPath)
  .filter((path) => !COVERED.includes(path));

/** The whole config, in the order of the settings form; labels come from the settings and the catalogue. */
export function configFacts(config: RunConfig, entryOf: EntryOf = () => undefined): ConfigFact[] {
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
        : { name: nameOf(fact.of), value: fact.words(config, entryOf) },
    ),
  ];
}

function nameOf(path: GroupPath | SettingPath): string {
  const { fact, title } = settingAt(path);
  return fact ?? title;
}

/** The value of one setting, in the words of its description. */
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

/** The label of a choice's value. */
function choiceWords(path: SettingPath, value: string): string {
  return settingAt(path).choices?.[value]?.label ?? value;
}

/** In lower case, as inside a sentence: "Batch normalisation" -> "batch normalisation"; "ICNR" stays. */
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

/** A choice with those options that differ from their initial values. */
function changed({ kind, options }: Choice, entry: CatalogueEntry | undefined): string {
  const fields = schemaFields(entry?.options ?? {});
  const differs = ([key, value]: [string, unknown]): boolean =>
    fields.find((field) => field.key === key)?.initial !== value;
  return withOptions({ kind, options: Object.fromEntries(Object.entries(options).filter(differs)) }, entry);
}
