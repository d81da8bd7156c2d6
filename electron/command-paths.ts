/** Which paths a command names, and what it will do there. */
import type { Command, CommandInput, CommandName, DatasetSource, WalkEnd } from '#main/contract/index.ts';
import type { Access } from './grants.ts';

type NamedPath = { path: string; access: Access };
type PathTable = { [Name in CommandName]: (input: CommandInput<Name>) => NamedPath[] };

const none = () => [];

const PATHS: PathTable = {
  'studio.about': none,
  'studio.reveal': ({ path }) => [{ path, access: 'read' }],
  'dataset.choose': none,
  'dataset.open': ({ source }) => folderOf(source),
  'dataset.cancel': none,
  'dataset.thumbnails': none,
  'runs.list': none,
  'runs.history': ({ folder }) => [{ path: folder, access: 'read' }],
  'runs.samples': ({ folder }) => [{ path: folder, access: 'read' }],
  'runs.rename': ({ folder }) => [{ path: folder, access: 'run' }],
  'runs.note': ({ folder }) => [{ path: folder, access: 'run' }],
  'runs.trash': ({ folder }) => [{ path: folder, access: 'run' }],
  'catalogue.list': none,
  'run.check': none,
  'run.start': ({ config }) => folderOf(config.dataset.source),
  'run.open': ({ folder }) => [{ path: folder, access: 'read' }],
  // The folder of images that its config names is only read, as images, and by the trainer.
  'run.resume': ({ folder }) => [{ path: folder, access: 'run' }],
  'run.current': none,
  'run.pause': none,
  'run.continue': none,
  'run.step': none,
  'run.stop': none,
  'lab.open': none,
  'lab.configure': none,
  'lab.frame': none,
  'lab.close': none,
  'latent.interpolate': ({ from, to }) => [from, to].flatMap(pictureOf),
  'latent.choosePicture': none,
  'latent.rebuild': ({ picture }) => [{ path: picture, access: 'read' }],
  'export.chooseFolder': none,
  'export.chooseFile': none,
  'export.generator': ({ folder }) => [{ path: folder, access: 'export' }],
  'export.sheet': ({ file }) => [{ path: file, access: 'export' }],
  'export.file': ({ file }) => [{ path: file, access: 'export' }],
  'inspect.walk': none,
  'inspect.compare': none,
  'inspect.move': none,
  'inspect.leave': none,
  'inspect.nudge': none,
};

/** The paths that a command names. */
export function pathsIn<Name extends CommandName>({ name, input }: Command<Name>): NamedPath[] {
  return PATHS[name](input);
}

function folderOf(source: DatasetSource): NamedPath[] {
  return source.kind === 'folder' ? [{ path: source.path, access: 'read' }] : [];
}

function pictureOf(end: WalkEnd): NamedPath[] {
  return 'picture' in end ? [{ path: end.picture, access: 'read' }] : [];
}
