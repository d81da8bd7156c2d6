/** Run folders where something else replaces a file or a folder, or the whole folder. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { newest, type HostileKind, type Spoiling } from './test-hostile-kind.ts';

/** Files that a run may have, relative to its folder; of checkpoints and sheets, the newest. */
const FILES: Readonly<Record<string, (folder: string) => string>> = {
  'config.json': () => 'config.json',
  'events.jsonl': () => 'events.jsonl',
  'log.txt': () => 'log.txt',
  'note.txt': () => 'note.txt',
  'holder.json': () => 'holder.json',
  'pictures.json': () => 'pictures.json',
  'best.json': () => path.join('checkpoints', 'best.json'),
  'kept.json': () => path.join('checkpoints', 'kept.json'),
  'layout.json': () => path.join('samples', 'layout.json'),
  'the newest checkpoint': (folder) => newest(folder, 'checkpoints', '.safetensors'),
  'the newest sheet': (folder) => newest(folder, 'samples', '.png'),
};
const FOLDERS = ['checkpoints', 'samples', path.join('checkpoints', 'given-up')];

type AttackedFile = { file: string; outside: string };

/** Removes what is there; `into` then makes something else under its name. */
function replace({ file }: AttackedFile, into: (file: string) => void): void {
  fs.rmSync(file, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  into(file);
}

/** What can replace any file. */
const IN_PLACE: Readonly<Record<string, (place: AttackedFile) => void>> = {
  'a link out': (place) =>
    replace(place, (file) => fs.symlinkSync(path.join(place.outside, 'secret.txt'), file)),
  'a link to itself': (place) => replace(place, (file) => fs.symlinkSync(file, file)),
  'a link to /dev/zero': (place) => replace(place, (file) => fs.symlinkSync('/dev/zero', file)),
  'a FIFO': (place) => replace(place, (file) => execFileSync('mkfifo', [file])),
  'a folder': (place) =>
    replace(place, (file) => fs.mkdirSync(path.join(file, 'below'), { recursive: true })),
  'nothing': (place) => replace(place, () => undefined),
  'an empty file': (place) => replace(place, (file) => fs.writeFileSync(file, '')),
  'zeros': (place) => replace(place, (file) => fs.writeFileSync(file, Buffer.alloc(4096))),
  'bytes that are no text': (place) =>
    replace(place, (file) => fs.writeFileSync(file, Buffer.alloc(4096, 0xfe))),
  'a huge file': (place) =>
    replace(place, (file) => {
      fs.writeFileSync(file, '{');
      fs.truncateSync(file, 2 ** 36);
    }),
  'half of it': ({ file }) => {
    if (fs.existsSync(file)) fs.truncateSync(file, fs.statSync(file).size >> 1);
  },
};

/** What can replace any folder. */
const FOR_FOLDER: Readonly<Record<string, (place: AttackedFile) => void>> = {
  'a link out': (place) => replace(place, (file) => fs.symlinkSync(place.outside, file)),
  'a link to the run': (place) => replace(place, (file) => fs.symlinkSync('.', file)),
  'a file': (place) => replace(place, (file) => fs.writeFileSync(file, 'x')),
  'a FIFO': IN_PLACE['a FIFO']!,
  'nothing': IN_PLACE['nothing']!,
};

/** Every replacement of every file and folder. */
export const generalKinds = (): HostileKind[] => [
  ...Object.entries(FILES).flatMap(([name, fileIn]) =>
    Object.entries(IN_PLACE).map(([what, put]) => ({
      name: `${what} for ${name}`,
      spoil: ({ folder, outside }: Spoiling) => put({ file: path.join(folder, fileIn(folder)), outside }),
    })),
  ),
  ...FOLDERS.flatMap((name) =>
    Object.entries(FOR_FOLDER).map(([what, put]) => ({
      name: `${what} for the folder ${path.basename(name)}`,
      spoil: ({ folder, outside }: Spoiling) => put({ file: path.join(folder, name), outside }),
    })),
  ),
];

const WHOLE: Readonly<Record<string, (where: Spoiling) => void>> = {
  'a folder that is a link out': ({ folder, outside }) => {
    fs.rmSync(folder, { recursive: true });
    fs.symlinkSync(path.join(outside, 'run'), folder);
  },
  'a folder that is a file': ({ folder }) => {
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, 'x');
  },
  'an empty folder': ({ folder }) => {
    fs.rmSync(folder, { recursive: true });
    fs.mkdirSync(folder);
  },
  'checkpoints of 3,000 steps': ({ folder }) => {
    for (let step = 100; step < 3100; step++)
      fs.writeFileSync(
        path.join(folder, 'checkpoints', `step-${String(step).padStart(9, '0')}.safetensors`),
        'x',
      );
  },
  'sheets of 3,000 steps': ({ folder }) => {
    for (let step = 100; step < 3100; step++)
      fs.writeFileSync(path.join(folder, 'samples', `step-${String(step).padStart(9, '0')}.png`), 'x');
  },
  'names with line breaks and escapes': ({ folder }) => {
    for (const below of ['', 'checkpoints', 'samples'])
      for (const name of ['a\nb', '\x1b[2J', '\u202Ex', '-rf', 'x'.repeat(250), '..\\up', 'step-1e9.png'])
        fs.writeFileSync(path.join(folder, below, name), 'x');
  },
  'a checkpoint of step 999999999999999': ({ folder }) => {
    const checkpoints = path.join(folder, 'checkpoints');
    const file = path.join(folder, newest(folder, 'checkpoints', '.safetensors'));
    fs.copyFileSync(file, path.join(checkpoints, 'step-999999999999999.safetensors'));
  },
  'unfinished files that are links': ({ folder, outside }) => {
    for (const name of [
      'checkpoints/step-000000001.safetensors',
      'checkpoints/best.json',
      'samples/layout.json',
    ])
      for (const middle of ['', '.0123456789abcdef'])
        fs.symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, `${name}${middle}.unfinished`));
  },
  'holder.json.taking that is a link': ({ folder, outside }) => {
    fs.symlinkSync(path.join(outside, 'secret.txt'), path.join(folder, 'holder.json.taking'));
    fs.writeFileSync(path.join(folder, 'holder.json'), '{}');
  },
  'a run within the run': ({ folder }) => {
    const copy = `${folder}-copy`;
    fs.cpSync(folder, copy, { recursive: true });
    fs.renameSync(copy, path.join(folder, 'checkpoints', 'given-up'));
  },
};

/** Faults of the folder as a whole. */
export const wholeKinds = (): HostileKind[] =>
  Object.entries(WHOLE).map(([name, spoil]) => ({ name, spoil }));
