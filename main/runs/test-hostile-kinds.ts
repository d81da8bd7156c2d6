/**
 * What a run folder from somebody else may hold: a table of kinds, each of which spoils a whole small run. Tests and the
 * check of the packaged app go through it.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';

/** The run's folder, and one that it must not lead to. */
export type Spoiling = { folder: string; outside: string };
export type HostileKind = { name: string; spoil: (where: Spoiling) => void };

/** Files of every run, or that it may have, below its folder; the newest of those that are named after a step. */
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

function newest(folder: string, below: string, extension: string): string {
  const names = fs.readdirSync(path.join(folder, below)).filter((name) => name.endsWith(extension));
  return path.join(below, names.sort().at(-1) ?? `step-000000001${extension}`);
}

type AttackedFile = { file: string; outside: string };

/** Replaces what is there by something else; `into` makes it. */
function replace({ file }: AttackedFile, into: (file: string) => void): void {
  fs.rmSync(file, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  into(file);
}

/** What can stand in the place of a file, whatever it is for. */
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

/** What can stand in the place of a folder. */
const FOR_FOLDER: Readonly<Record<string, (place: AttackedFile) => void>> = {
  'a link out': (place) => replace(place, (file) => fs.symlinkSync(place.outside, file)),
  'a link to the run': (place) => replace(place, (file) => fs.symlinkSync('.', file)),
  'a file': (place) => replace(place, (file) => fs.writeFileSync(file, 'x')),
  'a FIFO': IN_PLACE['a FIFO']!,
  'nothing': IN_PLACE['nothing']!,
};

const generalKinds = (): HostileKind[] => [
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

type Settings = Record<string, unknown>;
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/** Of config.json: another text, or settings changed. */
const SETTINGS: Readonly<Record<string, (settings: Settings, outside: string) => string | Settings>> = {
  'a byte-order mark': (settings) => `\uFEFF${JSON.stringify(settings)}`,
  'a list': () => '[]',
  'null': () => 'null',
  'deep nesting': () => deep(1_000_000),
  'double keys': (settings) => JSON.stringify(settings).replace('{', '{"version":1,"version":"x",'),
  'prototype names': (settings) =>
    JSON.stringify(settings).replace('{', '{"__proto__":{"name":"x"},"constructor":{},'),
  'names of its own': (settings) => ({ ...settings, mine: { deep: [1, 2, 3] } }),
  'a newer version': (settings) => ({ ...settings, version: 999 }),
  'a version of 0': (settings) => ({ ...settings, version: 0 }),
  'version 1 and no more': () => ({ version: 1 }),
  'a version of 1e308': (settings) => JSON.stringify({ ...settings, version: 1e308 }),
  'no name': (settings) => ({ ...settings, name: undefined }),
  'a name of control characters': (settings) => ({ ...settings, name: 'x\n\x1b[2J\x1b]0;y\x07\0' }),
  'a name from right to left': (settings) => ({ ...settings, name: '\u202Egpj.exe' }),
  'a name of HTML': (settings) => ({ ...settings, name: '<img src=x onerror=alert(1)>' }),
  'a name that leads up': (settings) => ({ ...settings, name: '../../up' }),
  'a name of a million letters': (settings) => ({ ...settings, name: 'x'.repeat(1_000_000) }),
  'numbers out of range': (settings) =>
    JSON.stringify({ ...settings, batch: 0 }).replace('"batch":0', '"batch":1e999'),
  'negative numbers': (settings) => ({ ...settings, steps: -5, batch: -4, seed: -1 }),
  'huge sample grids': (settings) => ({ ...settings, samples: { count: 1e9, everySteps: 1 } }),
  'another GAN': (settings) => ({ ...settings, gan: { kind: 'mlp', options: {} } }),
  'a GAN named __proto__': (settings) => ({ ...settings, gan: { kind: '__proto__', options: {} } }),
  'a GAN of huge width': (settings) => ({ ...settings, gan: { kind: 'dcgan', options: { width: 1e9 } } }),
  'options of other types': (settings) => ({
    ...settings,
    gan: { kind: 'dcgan', options: { width: ['4'] } },
  }),
  'pictures elsewhere': (settings, outside) => from(settings, [path.join(outside, 'secret.txt')]),
  'pictures in /dev/zero': (settings) => from(settings, ['/dev/zero']),
  'pictures in /proc': (settings) => from(settings, ['/proc/self/fd', '/proc/self/environ']),
  'pictures that are the run itself': (settings) => from(settings, ['.']),
  'a path with NUL': (settings) => from(settings, ['/tmp/\0x']),
  '10,000 places of pictures': (settings) =>
    from(
      settings,
      Array.from({ length: 10_000 }, (_, at) => `/x/${at}`),
    ),
  'a data set named ../digits': (settings) => ({
    ...settings,
    dataset: { ...(settings['dataset'] as Settings), source: { kind: 'built-in', name: '../digits' } },
  }),
};

const from = (settings: Settings, paths: string[]): Settings => ({
  ...settings,
  dataset: { ...(settings['dataset'] as Settings), source: { kind: 'files', paths } },
});

const settingsKinds = (): HostileKind[] =>
  Object.entries(SETTINGS).map(([name, change]) => ({
    name: `settings with ${name}`,
    spoil: ({ folder, outside }) => {
      const file = path.join(folder, 'config.json');
      const changed = change(JSON.parse(fs.readFileSync(file, 'utf8')) as Settings, outside);
      fs.writeFileSync(file, typeof changed === 'string' ? changed : JSON.stringify(changed));
    },
  }));

const TIME = '2026-01-02T03:04:05.000Z';
const losses = (step: unknown, loss: unknown = 1) =>
  JSON.stringify({ time: TIME, type: 'losses', step, losses: { generator: loss, discriminator: loss } });

/** Lines that follow the run's own events. */
const EVENTS: Readonly<Record<string, () => string>> = {
  'a negative step': () => losses(-1),
  'a huge step': () => losses(Number.MAX_SAFE_INTEGER),
  'a step of 1e308': () => losses(1e308),
  'NaN': () => losses(3).replaceAll(':1', ':NaN'),
  'no time': () => JSON.stringify({ type: 'losses', step: 3, losses: { generator: 1 } }),
  'a time in the year 275760': () => losses(3).replace('2026', '+275760'),
  'another type': () => JSON.stringify({ time: TIME, type: '__proto__', step: 1 }),
  'prototype names': () =>
    `{"time":"${TIME}","type":"losses","step":3,"losses":{"__proto__":5,"constructor":1}}`,
  'a thousand phases': () =>
    JSON.stringify({
      time: TIME,
      type: 'losses',
      step: 3,
      losses: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`phase ${at}`, at])),
    }),
  'a line of 3 MiB': () => `{"x":"${'x'.repeat(3 * 2 ** 20)}"}`,
  'deep nesting': () => deep(500_000),
  'a status that never ends': () =>
    JSON.stringify({ time: TIME, type: 'run-state', step: 3, status: 'training' }),
  '100,000 steps': () => Array.from({ length: 100_000 }, (_, step) => losses(step)).join('\n'),
  'steps in disorder': () => [9, 2, 9, 1, 7].map((step) => losses(step)).join('\n'),
};

const eventKinds = (): HostileKind[] =>
  Object.entries(EVENTS).map(([name, lines]) => ({
    name: `events with ${name}`,
    spoil: ({ folder }) => fs.appendFileSync(path.join(folder, 'events.jsonl'), `${lines()}\n`),
  }));

/** The length of a header, and the header. */
function safetensors(length: bigint, header: unknown): Buffer {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length, 0);
  return Buffer.concat([start, Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))]);
}
const tensor = (changes: object) => {
  const text = JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes } });
  return safetensors(BigInt(text.length), text);
};
const changed = (change: (checkpoint: Checkpoint) => Partial<Checkpoint>) => (bytes: Buffer) => {
  const checkpoint = decodeCheckpoint(bytes, 'x');
  return encodeCheckpoint({ ...checkpoint, ...change(checkpoint) });
};
const filledWith = (value: number) =>
  changed(({ tensors }) => ({
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, values }]) => [
        name,
        { shape, values: new Float32Array(values.length).fill(value) },
      ]),
    ),
  }));

/** Other bytes for the newest checkpoint. */
const CHECKPOINTS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'a header beyond its end': () => safetensors(1000n, '{}'),
  'a header of 2^63 bytes': () => safetensors(2n ** 63n, '{}'),
  'a header of deep nesting': () => safetensors(1_000_000n, deep(500_000)),
  'a huge shape': () => tensor({ shape: [2 ** 40, 2 ** 40] }),
  'a negative shape': () => tensor({ shape: [-2] }),
  'another dtype': () => tensor({ dtype: 'I64' }),
  'offsets beyond its end': () => tensor({ data_offsets: [0, 2 ** 50] }),
  'offsets back to front': () => tensor({ data_offsets: [8, 0] }),
  'a flipped bit': (bytes) => {
    const spoilt = Buffer.from(bytes);
    spoilt[spoilt.length - 1]! ^= 1;
    return spoilt;
  },
  'NaN weights': filledWith(NaN),
  'infinite weights': filledWith(Infinity),
  'no tensors': changed(() => ({ tensors: {} })),
  'tensors of other shapes': changed(({ tensors }) => ({
    tensors: Object.fromEntries(
      Object.keys(tensors).map((name) => [name, { shape: [1], values: Float32Array.of(1) }]),
    ),
  })),
  'names of prototypes': changed(({ tensors }) => ({
    tensors: { ...tensors, constructor: { shape: [1], values: Float32Array.of(1) } },
  })),
  'a step of 1e15': changed(() => ({ step: 1e15 })),
  'another step than its name': changed(({ step }) => ({ step: step + 100 })),
  'a learning rate of NaN': changed(() => ({ learningRateFactor: NaN })),
  'a negative learning rate': changed(() => ({ learningRateFactor: -1e9 })),
  'the hash of other settings': changed(() => ({ configHash: 'x' })),
};

const checkpointKinds = (): HostileKind[] =>
  Object.entries(CHECKPOINTS).map(([name, spoil]) => ({
    name: `a checkpoint with ${name}`,
    spoil: ({ folder }) => {
      const file = path.join(folder, newest(folder, 'checkpoints', '.safetensors'));
      fs.writeFileSync(file, spoil(fs.readFileSync(file)));
    },
  }));

/** Other records, by their place below the run folder. */
const RECORDS: readonly (readonly [name: string, file: string, content: string])[] = [
  ['a best step of 1e15', 'checkpoints/best.json', '{"step":1e15,"metric":"distance","value":0}'],
  ['a best step that is a path', 'checkpoints/best.json', '{"file":"../../secret.txt","distance":0}'],
  ['a million kept steps', 'checkpoints/kept.json', `{"steps":[${'1,'.repeat(400_000)}1]}`],
  ['kept steps of other types', 'checkpoints/kept.json', '{"steps":["1",null,-1,1.5]}'],
  ['a layout of huge size', 'samples/layout.json', '{"count":1e9,"size":1e9,"channels":3}'],
  ['a layout of no columns', 'samples/layout.json', '{"count":4,"size":28,"channels":1,"columns":0}'],
  [
    'a list of pictures that never were',
    'pictures.json',
    '{"preparation":0,"hashes":["x"],"labels":[],"classes":[]}',
  ],
  [
    'a holder that lives',
    'holder.json',
    '{"pid":1,"birth":"x","machine":"x","program":"\\u001b[2J","since":"x"}',
  ],
  [
    'a holder of number 2^53',
    'holder.json',
    '{"pid":9007199254740992,"birth":"","machine":"","program":"x","since":"x"}',
  ],
  ['a note of escape sequences', 'note.txt', '\u001b[2J<script>alert(1)</script>\u202E'],
];

const recordKinds = (): HostileKind[] =>
  RECORDS.map(([name, file, content]) => ({
    name,
    spoil: ({ folder }) => fs.writeFileSync(path.join(folder, file), content),
  }));

/** What concerns the folder as a whole. */
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

/** Every kind; those beside each other are of one sort. */
export const HOSTILE_KINDS: readonly HostileKind[] = [
  ...generalKinds(),
  ...settingsKinds(),
  ...eventKinds(),
  ...checkpointKinds(),
  ...recordKinds(),
  ...Object.entries(WHOLE).map(([name, spoil]) => ({ name, spoil })),
];

/** So many of them, from all over the table. */
export function someKinds(count: number): HostileKind[] {
  const share = Math.max(1, HOSTILE_KINDS.length / count);
  return Array.from(
    { length: Math.min(count, HOSTILE_KINDS.length) },
    (_, at) => HOSTILE_KINDS[Math.floor(at * share)]!,
  );
}
