/** Places that do not exist, or cannot be read, cause no errors and cost little time. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Places } from './places.ts';

let top: string;
const at = (...parts: string[]) => path.join(top, ...parts);

beforeEach(() => {
  top = fs.realpathSync.native(fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-places-')));
});
afterEach(() => fs.rmSync(top, { recursive: true, force: true }));

test('a place that cannot be read counts as one that does not exist', () => {
  fs.symlinkSync(at('circle'), at('circle'));
  const tooLong = at('a'.repeat(5000));
  const places = new Places();
  for (const place of [at('circle'), at('circle', 'below'), tooLong]) places.add(place);
  expect(places.hold(at('other'))).toBe(false);
  fs.unlinkSync(at('circle'));
  fs.mkdirSync(at('circle'));
  expect(places.hold(at('circle', 'a.png'))).toBe(true);
});

test('ten thousand places that do not exist are looked up quickly', () => {
  const places = new Places();
  const files = Array.from({ length: 10_000 }, (_, i) => at('disk', `${i}.png`));
  for (const file of files) places.add(file);
  for (const file of files) expect(places.hold(file)).toBe(true);
  for (const file of files) expect(places.hold(`${file}.txt`)).toBe(false);
});

test('a place whose disk comes back by way of a link is found by the path that was named', () => {
  const places = new Places();
  places.add(at('disk', 'cats'));
  fs.mkdirSync(at('mounted', 'cats'), { recursive: true });
  fs.symlinkSync(at('mounted'), at('disk'));
  expect(places.hold(at('mounted', 'cats', 'a.png'), at('disk', 'cats', 'a.png'))).toBe(true);
  expect(places.hold(at('mounted', 'dogs'), at('disk', 'cats', '..', 'dogs'))).toBe(false);
});

test('a place that is found late stays the same place, wherever its link leads afterwards', () => {
  for (const folder of ['own', 'secret']) fs.mkdirSync(at(folder));
  fs.symlinkSync(at('parent'), at('alias'));
  const places = new Places();
  places.add(at('alias', 'link'));
  fs.mkdirSync(at('parent'));
  fs.symlinkSync(at('own'), at('parent', 'link'));
  expect(places.hold(at('own', 'a.png'), at('alias', 'link', 'a.png'))).toBe(true);
  fs.unlinkSync(at('parent', 'link'));
  fs.symlinkSync(at('secret'), at('parent', 'link'));
  for (const asked of [at('alias', 'link', 'a.png'), at('parent', 'link', 'a.png')])
    expect(places.hold(at('secret', 'a.png'), asked)).toBe(false);
});
