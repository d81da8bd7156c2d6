/** A run's config in words, for those who want to know what it was. */
import type {
  CatalogueEntry,
  Choice,
  DatasetSource,
  Points,
  RunConfig,
  Schedule,
  Turns,
} from '#main/contract/index.ts';
import { count, plural } from '../../parts/format.ts';
import { schemaFields } from '../../parts/schema-fields.ts';

export type ConfigFact = { name: string; value: string; title?: string };
type Dataset = RunConfig['dataset'];
type List = 'gans' | 'losses' | 'stabilisers' | 'optimizers';
/** What the catalogue says of a choice, once it has come. */
type Look = (list: List, kind: string) => CatalogueEntry | undefined;

const BUILT_IN = { digits: 'Digits', emoji: 'Emoji' };

/** The last part of a folder's path, the name of a set that comes with the app, or what points look like. */
export function datasetName(source: DatasetSource): string {
  if (source.kind === 'built-in') return BUILT_IN[source.name];
  if (source.kind === 'points') return pointsName(source.points);
  return source.path.split(/[\\/]/).filter(Boolean).at(-1) ?? source.path;
}

function pointsName(points: Points): string {
  switch (points.layout) {
    case 'ring':
      return `Ring of ${points.modes}`;
    case 'grid':
      return `Grid of ${points.side ** 2}`;
    case 'blobs':
      return plural(points.blobs.length, 'blob');
    case 'spiral':
      return points.arms === 1 ? 'Spiral' : `Spiral of ${points.arms} arms`;
    case 'own':
      return `${points.centres.length} points`;
  }
}

/** "64 × 64, colour", or how far points are spread. */
export function datasetLook({ source, options: { size, colour } }: Dataset): string {
  if (source.kind !== 'points') return `${size}\u00a0×\u00a0${size}, ${colour === 'rgb' ? 'colour' : 'grey'}`;
  return pointsLook(source.points);
}

function pointsLook(points: Points): string {
  if (points.layout === 'blobs')
    return together(`deviations ${points.blobs.map(({ deviation }) => deviation).join(', ')}`);
  const spread = together(`deviation ${points.deviation}`);
  if (points.layout === 'grid') return `${together(`spacing ${points.spacing}`)}, ${spread}`;
  return points.layout === 'own' ? spread : `${together(`radius ${points.radius}`)}, ${spread}`;
}

/** The whole config, in the order of the settings form; labels come from the catalogue. */
export function configFacts(config: RunConfig, look: Look = () => undefined): ConfigFact[] {
  const { optimizer, checkpoints, samples, classes } = config;
  const { discriminator, generator } = optimizer.learningRate;
  return [
    ...datasetFacts(config.dataset),
    ...(classes.length > 0
      ? [{ name: 'Classes', value: `${count(classes.length)}: ${classes.join(', ')}` }]
      : []),
    { name: 'GAN', value: withOptions(config.gan, look('gans', config.gan.kind)) },
    { name: 'Loss', value: withOptions(config.loss, look('losses', config.loss.kind)) },
    {
      name: 'Stabilisers',
      value:
        config.stabilisers.map((each) => changed(each, look('stabilisers', each.kind))).join('; ') || 'none',
    },
    { name: 'Turns', value: turnsWords(config.turns) },
    { name: 'Steps', value: count(config.steps) },
    { name: 'Batch', value: count(config.batch) },
    { name: 'Learning rate of D', value: String(discriminator) },
    { name: 'Learning rate of G', value: String(generator) },
    { name: 'Optimiser', value: withOptions(optimizer, look('optimizers', optimizer.kind)) },
    { name: 'Schedule', value: scheduleWords(optimizer.schedule) },
    { name: 'Gradients clipped at', value: optimizer.clip === 0 ? 'off' : String(optimizer.clip) },
    { name: 'Seed', value: String(config.seed) },
    { name: 'z', value: `${config.z.size}, ${config.z.distribution}` },
    { name: 'Averaging', value: String(config.averaging) },
    { name: 'Samples', value: `${samples.count} every ${plural(samples.everySteps, 'step')}` },
    {
      name: 'Checkpoints',
      value: `every ${plural(checkpoints.everySteps, 'step')} or ${checkpoints.everyMinutes} min`,
    },
    { name: 'Checkpoints kept', value: count(checkpoints.keep) },
  ];
}

function datasetFacts(dataset: Dataset): ConfigFact[] {
  const { source, options } = dataset;
  const look = datasetLook(dataset);
  if (source.kind === 'points')
    return [
      { name: 'Dataset', value: datasetName(source) },
      { name: 'Points', value: look },
    ];
  return [
    {
      name: 'Dataset',
      value: datasetName(source),
      ...(source.kind === 'folder' ? { title: source.path } : {}),
    },
    {
      name: 'Images',
      value: `${look}${options.framing === 'fit' ? ', fitted' : ''}${options.mirror ? ', mirrored' : ''}`,
    },
  ];
}

function turnsWords({ kind, discriminator }: Turns): string {
  return kind === 'several' ? `${discriminator} of D to one of G` : kind;
}

/** In one line, wherever the fact breaks. */
function together(words: string): string {
  return words.replaceAll(' ', '\u00a0');
}

function scheduleWords({ kind, from, over, floor }: Schedule): string {
  return kind === 'constant'
    ? kind
    : `${kind}, ${together(`steps ${count(from)} to ${count(from + over)}`)}, ${together(`down to ${floor}`)}`;
}

function withOptions({ kind, options }: Choice, entry: CatalogueEntry | undefined): string {
  const told = Object.entries(options).map(([key, value]) =>
    together(`${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  );
  return [entry?.label ?? kind, ...told].join(', ');
}

/** With those options that are not as they start. */
function changed({ kind, options }: Choice, entry: CatalogueEntry | undefined): string {
  const fields = schemaFields(entry?.options ?? {});
  const differs = ([key, value]: [string, unknown]): boolean =>
    fields.find((field) => field.key === key)?.initial !== value;
  return withOptions({ kind, options: Object.fromEntries(Object.entries(options).filter(differs)) }, entry);
}
