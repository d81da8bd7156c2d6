/** The paths that each command names, and the access that it needs to each. */
import type { Command, CommandInput, CommandName, DatasetSource, WalkEnd } from '#main/contract/index.ts';
import type { Access } from './grants.ts';
import { placesIn } from './recent-datasets.ts';

type NamedPath = { path: string; access: Access };
type PathTable = { [Name in CommandName]: (input: CommandInput<Name>) => NamedPath[] };

const none = () => [];

const PATHS: PathTable = {
  'preferences.get': none,
  'preferences.set': none,
  'preferences.chooseRunsFolder': none,
  'studio.about': none,
  'studio.showChromiumLicences': none,
  'studio.reveal': ({ path }) => [{ path, access: 'read' }],
  'dataset.choose': none,
  'dataset.recent': none,
  'dataset.remember': ({ source }) => pathsOfSource(source),
  'dataset.forget': none,
  'dataset.open': ({ source, run }) => [
    ...pathsOfSource(source),
    ...(run === undefined ? [] : [{ path: run, access: 'read' } as const]),
  ],
  'dataset.cancel': none,
  'dataset.leaveOut': none,
  'dataset.thumbnails': none,
  'dataset.picture': none,
  'runs.list': none,
  'runs.history': ({ folder }) => [{ path: folder, access: 'read' }],
  'runs.samples': ({ folder }) => [{ path: folder, access: 'read' }],
  'runs.checkpoints': ({ folder }) => [{ path: folder, access: 'read' }],
  'runs.keep': ({ folder }) => [{ path: folder, access: 'run' }],
  'runs.rename': ({ folder }) => [{ path: folder, access: 'run' }],
  'runs.note': ({ folder }) => [{ path: folder, access: 'run' }],
  'runs.trash': ({ folder }) => [{ path: folder, access: 'run' }],
  'catalogue.list': none,
  'run.check': none,
  'trainer.checkRestart': none,
  'run.start': ({ config }) => pathsOfSource(config.dataset.source),
  'run.open': ({ folder }) => [{ path: folder, access: 'read' }],
  'run.relink': ({ folder, source }) => [
    { path: folder, access: 'run' },
    ...(source ? pathsOfSource(source) : []),
  ],
  // The pictures that the run's config names need no grant: the trainer only reads them, as pictures.
  'run.resume': ({ folder }) => [{ path: folder, access: 'run' }],
  'run.currentSamples': none,
  'run.current': none,
  'run.pause': none,
  'run.continue': none,
  'run.step': none,
  'run.cancel': none,
  'run.stop': none,
  'run.save': none,
  'run.endUnsaved': none,
  'run.measure': none,
  'run.stopMeasuring': none,
  'run.estimate': ({ config }) => pathsOfSource(config.dataset.source),
  'lab.open': none,
  'lab.configure': none,
  'lab.frame': none,
  'lab.close': none,
  'latent.point': ({ end }) => pathsOfEnd(end),
  'latent.interpolate': ({ from, to }) => [from, to].flatMap(pathsOfEnd),
  'latent.choosePicture': none,
  'latent.rebuild': ({ picture }) => [{ path: picture, access: 'read' }],
  'export.chooseFolder': none,
  'export.chooseFile': none,
  'export.cancel': none,
  'export.generator': ({ folder }) => [{ path: folder, access: 'export' }],
  'export.preview': none,
  'export.pictures': ({ folder }) => [{ path: folder, access: 'export' }],
  'export.sheet': ({ file }) => [{ path: file, access: 'export' }],
  'export.file': ({ file }) => [{ path: file, access: 'export' }],
  'inspect.trace': none,
  'inspect.compare': none,
  'inspect.move': none,
  'inspect.leave': none,
  'inspect.nudge': none,
};

/** The paths that this command names. */
export function pathsIn<Name extends CommandName>({ name, input }: Command<Name>): NamedPath[] {
  return PATHS[name](input);
}

function pathsOfSource(source: DatasetSource): NamedPath[] {
  return placesIn(source).map((path) => ({ path, access: 'read' }));
}

function pathsOfEnd(end: WalkEnd): NamedPath[] {
  return 'picture' in end ? [{ path: end.picture, access: 'read' }] : [];
}
