/** A data set in words: its name, the form of its pictures or points, and its facts in a run's config. */
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
 * "cats and 2 more" for paths, the name of a data set that comes with the app, or the name of a layout of
 * points.
 */
export function datasetName(source: DatasetSource): string {
  if (source.kind === 'built-in') return BUILT_IN_NAMES[source.name];
  if (source.kind === 'points') return pointsName(source.points);
  const [first = '', ...others] = source.paths;
  const name = first.split(/[\\/]/).filter(Boolean).at(-1) ?? first;
  return others.length === 0 ? name : `${name} and ${count(others.length)} more`;
}

/** "64 × 64, colour" for pictures; the spread of points, as "radius 1, deviation 0.05". */
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

/** The facts of a run's config that are about its data set. */
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
