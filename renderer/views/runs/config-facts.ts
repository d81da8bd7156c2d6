/** A run's config in words, for those who want to know what it was. */
import type { Choice, DatasetOptions, DatasetSource, RunConfig, Schedule } from '#main/contract/index.ts';
import { count } from '../../parts/format.ts';

export type ConfigFact = { name: string; value: string; title?: string };
type Labels = { gan?: string | undefined; loss?: string | undefined; optimizer?: string | undefined };

const BUILT_IN = { digits: 'Digits', emoji: 'Emoji' };

/** The last part of a folder's path, or the name of a set that comes with the app. */
export function datasetName(source: DatasetSource): string {
  if (source.kind === 'built-in') return BUILT_IN[source.name];
  return source.path.split(/[\\/]/).filter(Boolean).at(-1) ?? source.path;
}

/** "64 × 64, colour". */
export function datasetLook({ size, colour }: DatasetOptions): string {
  return `${size}\u00a0×\u00a0${size}, ${colour === 'rgb' ? 'colour' : 'grey'}`;
}

/** The whole config, in the order of the settings form; labels come from the catalogue. */
export function configFacts(config: RunConfig, labels: Labels = {}): ConfigFact[] {
  const { dataset, optimizer, checkpoints, samples } = config;
  const { source, options } = dataset;
  const { discriminator, generator } = optimizer.learningRate;
  return [
    { name: 'Dataset', value: datasetName(source), ...(source.kind === 'folder' ? { title: source.path } : {}) },
    { name: 'Images', value: `${datasetLook(options)}${options.framing === 'fit' ? ', fitted' : ''}${options.mirror ? ', mirrored' : ''}` },
    { name: 'GAN', value: withOptions(config.gan, labels.gan) },
    { name: 'Loss', value: withOptions(config.loss, labels.loss) },
    ...config.stabilisers.map((each) => ({ name: 'Stabiliser', value: withOptions(each, undefined) })),
    { name: 'Steps', value: count(config.steps) },
    { name: 'Batch', value: count(config.batch) },
    { name: 'Learning rate of D', value: String(discriminator) },
    { name: 'Learning rate of G', value: String(generator) },
    { name: 'Optimiser', value: withOptions(optimizer, labels.optimizer) },
    { name: 'Schedule', value: scheduleWords(optimizer.schedule) },
    { name: 'Gradients clipped at', value: optimizer.clip === 0 ? 'off' : String(optimizer.clip) },
    { name: 'Seed', value: String(config.seed) },
    { name: 'z', value: `${config.z.size}, ${config.z.distribution}` },
    { name: 'Averaging', value: String(config.averaging) },
    { name: 'Samples', value: `${samples.count} every ${count(samples.everySteps)} steps` },
    { name: 'Checkpoints', value: `every ${count(checkpoints.everySteps)} steps or ${checkpoints.everyMinutes} min` },
    { name: 'Checkpoints kept', value: count(checkpoints.keep) },
  ];
}

/** In one line, wherever the fact breaks. */
function together(words: string): string {
  return words.replaceAll(' ', '\u00a0');
}

function scheduleWords({ kind, from, over, floor }: Schedule): string {
  return kind === 'constant' ? kind : `${kind}, ${together(`steps ${count(from)} to ${count(from + over)}`)}, ${together(`down to ${floor}`)}`;
}

function withOptions({ kind, options }: Choice, label: string | undefined): string {
  const told = Object.entries(options).map(([key, value]) => together(`${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`));
  return [label ?? kind, ...told].join(', ');
}
