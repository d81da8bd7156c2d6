/**
 * A data set in words: its name, what its pictures or points look like, and the facts that a run has of it.
 */
import {
  BUILT_IN_NAMES,
  pointsName,
  type DatasetSource,
  type Points,
  type RunConfig,
} from '#main/contract/index.ts';
import { count, plural, unbroken } from '../parts/format.ts';
import { placeList, placeWords } from './place-words.ts';

type Dataset = RunConfig['dataset'];

/**
 * The last part of the first path and how many there are besides, the name of a set that comes with the app,
 * or what points look like.
 */
export function datasetName(source: DatasetSource): string {
  if (source.kind === 'built-in') return BUILT_IN_NAMES[source.name];
  if (source.kind === 'points') return pointsName(source.points);
  const [first = '', ...others] = source.paths;
  const name = first.split(/[\\/]/).filter(Boolean).at(-1) ?? first;
  return others.length === 0 ? name : `${name} and ${count(others.length)} more`;
}

/** "64 × 64, colour", or how far points are spread. */
export function datasetLook({
  source,
  options: { size, colour },
}: Pick<Dataset, 'source' | 'options'>): string {
  if (source.kind !== 'points') return `${size}\u00a0×\u00a0${size}, ${colour === 'rgb' ? 'colour' : 'grey'}`;
  return pointsLook(source.points);
}

function pointsLook(points: Points): string {
  if (points.layout === 'blobs')
    return unbroken(`deviations ${points.blobs.map(({ deviation }) => deviation).join(', ')}`);
  const spread = unbroken(`deviation ${points.deviation}`);
  if (points.layout === 'grid') return `${unbroken(`spacing ${points.spacing}`)}, ${spread}`;
  return points.layout === 'own' ? spread : `${unbroken(`radius ${points.radius}`)}, ${spread}`;
}

/** What a run's facts tell of its data set. */
export function datasetFacts(dataset: Dataset): { name: string; value: string; title?: string }[] {
  const { source, options, leftOut, content } = dataset;
  const look = datasetLook(dataset);
  if (source.kind === 'points')
    return [
      { name: 'Data set', value: datasetName(source) },
      { name: 'Points', value: look },
    ];
  return [
    { name: 'Data set', value: datasetName(source) },
    ...(source.kind === 'files'
      ? [{ name: 'Place', value: placeWords(source), title: placeList(source) }]
      : []),
    {
      name: 'Pictures',
      value: [
        ...(content ? [unbroken(plural(content.count, 'picture'))] : []),
        ...(leftOut.length > 0 ? [unbroken(`${count(leftOut.length)} left out`)] : []),
        look,
        ...(options.framing === 'fit' ? ['fitted'] : []),
        ...(options.mirror ? ['mirrored'] : []),
        ...(options.classes === 'ignored' ? ['classes ignored'] : []),
        ...(options.evenClasses ? ['classes evened out'] : []),
      ].join(', '),
    },
  ];
}
