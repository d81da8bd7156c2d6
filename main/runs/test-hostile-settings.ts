/** Run folders whose settings are spoilt. */
import fs from 'node:fs';
import path from 'node:path';
import { deep, type HostileKind } from './test-hostile-kind.ts';

type Settings = Record<string, unknown>;

/** What to write into config.json: another text, or changed settings. */
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

/** A run with spoilt settings. */
export const settingsKinds = (): HostileKind[] =>
  Object.entries(SETTINGS).map(([name, change]) => ({
    name: `settings with ${name}`,
    spoil: ({ folder, outside }) => {
      const file = path.join(folder, 'config.json');
      const changed = change(JSON.parse(fs.readFileSync(file, 'utf8')) as Settings, outside);
      fs.writeFileSync(file, typeof changed === 'string' ? changed : JSON.stringify(changed));
    },
  }));
