/** Run folders whose events or other records are spoilt. */
import fs from 'node:fs';
import path from 'node:path';
import { deep, type HostileKind } from './test-hostile-kind.ts';

const TIME = '2026-01-02T03:04:05.000Z';
const losses = (step: unknown, loss: unknown = 1) =>
  JSON.stringify({ time: TIME, type: 'losses', step, losses: { generator: loss, discriminator: loss } });

/** Lines to add after the run's own events. */
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

/** Spoilt lines at the end of events.jsonl. */
export const eventKinds = (): HostileKind[] =>
  Object.entries(EVENTS).map(([name, lines]) => ({
    name: `events with ${name}`,
    spoil: ({ folder }) => fs.appendFileSync(path.join(folder, 'events.jsonl'), `${lines()}\n`),
  }));

/** Spoilt contents of other records; `file` is relative to the run folder. */
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

/** Records with spoilt contents. */
export const recordKinds = (): HostileKind[] =>
  RECORDS.map(([name, file, content]) => ({
    name,
    spoil: ({ folder }) => fs.writeFileSync(path.join(folder, file), content),
  }));
