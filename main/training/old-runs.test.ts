/**
 * Runs made by older versions: they open, and go on as they would have then. `check:old-runs` compares bit
 * for bit, on one machine.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { RunEvent } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { listRuns, openRunData, Run } from '../runs/index.ts';
import { beginAgain } from './beginning.ts';
import { train } from './train.ts';

const OLD_RUNS = path.resolve('main/runs/old-runs');
/** What was made in hundreds of multiplications on another processor; and losses near zero. */
const RELATIVE = 1e-4;
const ABSOLUTE = 1e-5;

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-old-runs-'));
const folders = {
  cache: path.join(place, 'cache'),
  builtIn: path.resolve('build/datasets'),
  runs: path.join(place, 'runs'),
};
fs.cpSync(OLD_RUNS, folders.runs, { recursive: true });
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

const names = fs.readdirSync(OLD_RUNS).sort();

test('the library lists them all', () => {
  expect(
    listRuns(folders.runs)
      .map(({ folder }) => path.basename(folder))
      .sort(),
  ).toEqual(names);
  for (const entry of listRuns(folders.runs)) expect(entry).toMatchObject({ step: 6 });
});

test.each(names)('%s resumes with the losses that it had then', async (name) => {
  const stored = losses(
    fs
      .readFileSync(path.join(OLD_RUNS, name, 'next-steps.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent),
  );
  const run = Run.open(path.join(folders.runs, name));
  const { dataset } = await openRunData(run, { folders, decoders: testDecoders });
  // Older versions held nothing out.
  expect([run.config.heldOut, dataset.heldOut]).toEqual([0, undefined]);
  const beginning = beginAgain(run, { steps: 9, dataset });
  const events: RunEvent[] = [];
  for await (const step of train({ ...beginning, dataset, run, signal: new AbortController().signal }))
    events.push(...step);
  beginning.session.dispose();
  dataset.close();
  const found = losses(events);
  expect(found.map(([step]) => step)).toEqual([7, 8, 9]);
  expect(found).toHaveLength(stored.length);
  found.forEach(([step, values], index) => {
    const [, expected] = stored[index]!;
    expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort());
    for (const [phase, loss] of Object.entries(expected)) {
      expect(Math.abs(values[phase]! - loss), `${phase} in step ${step}`).toBeLessThanOrEqual(
        Math.max(ABSOLUTE, RELATIVE * Math.abs(loss)),
      );
    }
  });
});

function losses(events: RunEvent[]): [number, Record<string, number>][] {
  return events.flatMap((event): [number, Record<string, number>][] =>
    event.type === 'losses' ? [[event.step, event.losses]] : [],
  );
}
