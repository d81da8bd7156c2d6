/**
 * What an attacked app is granted (a folder of pictures, places to export to), and other paths that messages
 * name, some of which have bait.
 */
import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS, EXPORT_FORMAT_NAMES, type RunConfig } from '#main/contract/index.ts';
import { copyEmoji } from '../image-folder.ts';
import type { StudioPage } from '../studio-page.ts';
import { ask, SMALL } from './app-under-attack.ts';
import { layBait } from './canaries.ts';
import type { FittingValues } from './valid-input.ts';

const POINTS: RunConfig = {
  ...SMALL,
  dataset: {
    ...SMALL.dataset,
    source: { kind: 'points', points: { layout: 'ring', modes: 8, radius: 1, deviation: 0.01 } },
  },
  gan: { kind: 'mlp', options: {} },
  z: { size: 2, distribution: 'normal' },
};

type Bait = { words: string[]; folders: string[]; links: string[] };

/** Lays bait beside the folder of runs, beside the granted folder, and behind links among the runs. */
export function layAllBait({ home, place, run }: { home: string; place: string; run: string }): Bait {
  const folders = [
    path.join(home, 'runs-beside'),
    path.join(home, 'private'),
    path.join(place, 'given-beside'),
  ];
  const words = folders.flatMap((folder, at) => layBait(folder, { run, word: `canary-${at}-7f3ac91e` }));
  // Only a data set may follow links, and it says so.
  const links = folders.flatMap((folder, at) =>
    [folder, path.join(folder, 'run'), path.join(folder, 'secret.txt')].map((lead, which) => {
      const link = path.join(home, 'runs', `link-${at}-${which}`);
      fs.symlinkSync(lead, link);
      return link;
    }),
  );
  return { words: [...new Set(words)], folders, links };
}

type Places = { home: string; place: string; run: string; bait: Bait };

/** Paths of several systems, and paths that no system has. */
const ELSEWHERE = [
  ...['/', '/etc', '/etc/passwd', '/proc/self/environ', '/proc/self/mem', '/proc/self/fd/0'],
  ...['/dev/zero', '/dev/stdin', '/dev/tty', '', '.', '..', '~', '~/.ssh', 'C:\\Windows'],
  ...['\\\\server\\share', '\\\\.\\PhysicalDrive0', '\\\\?\\C:\\', 'NUL', 'CON'],
];

/** Paths that the app was not granted, named in many ways. */
function strangePlaces({ home, place, run, bait }: Places, given: string): string[] {
  const beyond = bait.folders.flatMap((folder) => [
    folder,
    path.join(folder, 'run'),
    path.join(folder, 'secret.txt'),
    path.join(folder, 'pictures'),
    path.join(folder, 'pictures', 'secret.png'),
    path.join(run, '..', '..', path.basename(folder), 'run'),
    path.join('/proc/self/root', folder, 'run'),
    path.relative(process.cwd(), folder),
    `file://${folder}`,
  ]);
  return [
    ...[...beyond, ...bait.links, path.join(home, 'runs'), path.join(run, 'checkpoints'), home, place],
    ...[...ELSEWHERE, `${given}\0.png`, `${run}/${'x'.repeat(300)}`],
  ];
}

/**
 * Grants the app a folder of pictures and places to export to, as a person does, and returns the values that
 * messages may name.
 */
export async function grantPlaces(
  studio: StudioPage,
  { home, place, run, bait }: Places,
): Promise<{ known: FittingValues; granted: { folder: string; file: string; all: string[] } }> {
  const given = path.join(place, 'given');
  const exports = path.join(place, 'exports');
  copyEmoji(given, 12);
  fs.mkdirSync(exports);
  await studio.drop(given);
  const source = { kind: 'files', paths: [given] };
  const options = { ...DEFAULT_DATASET_OPTIONS, size: 32 };
  const { id } = (await ask(studio, 'dataset.open', { source, options, leftOut: [] })) as { id: string };
  const file = path.join(exports, 'picture.png');
  const own = [run, run, run, run, given, exports, file, path.join(run, 'config.json')];
  const strange = strangePlaces({ home, place, run, bait }, given);
  // Half of the paths that are named were granted.
  const places = [...strange, ...strange.map((_, at) => own[at % own.length])];
  const known: FittingValues = {
    id: [id, id, 'x', '__proto__'],
    config: [SMALL, SMALL, POINTS, { ...SMALL, dataset: { ...SMALL.dataset, source, options } }],
    ...Object.fromEntries(['folder', 'path', 'file', 'run', 'picture'].map((name) => [name, places])),
    paths: places.map((each) => [each]),
    bytes: [{ $: 'bytes', size: 100 }],
    // Any other number of threads would restart the trainer.
    threads: [0],
    phase: ['discriminator', 'generator'],
    formats: EXPORT_FORMAT_NAMES.map((format) => [format]),
    step: [0, 6, 6],
    count: [1, 2, 16],
    layer: [0, 1],
  };
  return { known, granted: { folder: exports, file, all: [path.join(home, 'runs'), given, exports] } };
}
