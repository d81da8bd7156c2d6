import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Grants } from './grants.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);
const open = (remembered: string[] = []) => new Grants({ runs: at('runs'), remembered });

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-grants-'));
  for (const folder of ['runs', 'images/below', 'imagesbeside', 'secret'])
    fs.mkdirSync(at(folder), { recursive: true });
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('the page may name only what was granted, and what lies in it', () => {
  const grants = open();
  expect(() => grants.require(at('images'), 'read')).toThrow('GAN Studio was not given access');
  grants.grantReading(at('images'));
  for (const inside of ['images', 'images/below', 'images/not there yet/a.png', 'images/..hidden'])
    grants.require(at(inside), 'read');
  for (const outside of ['secret', 'imagesbeside', 'images/../secret', '.']) {
    expect(() => grants.require(at(outside), 'read'), outside).toThrow('GAN Studio was not given access');
  }
});

test('a link does not lead out of a granted folder', () => {
  const grants = open();
  grants.grantReading(at('images'));
  fs.symlinkSync(at('secret'), at('images/link'));
  expect(() => grants.require(at('images/link/new file'), 'read')).toThrow('GAN Studio was not given access');
});

test('a folder granted by way of a link may be named either way', () => {
  const grants = open();
  fs.symlinkSync(at('images'), at('alias'));
  grants.grantReading(at('alias'));
  grants.require(at('alias/below'), 'read');
  grants.require(at('images/below'), 'read');
});

test('a grant to read is none to write; an export goes exactly where it was granted, and runs may be changed', () => {
  const grants = open();
  grants.grantReading(at('images'));
  grants.grantExport(at('sheet.png'));
  grants.grantExport(at('secret'));
  for (const place of ['sheet.png', 'secret']) grants.require(at(place), 'export');
  for (const place of ['images/x.png', 'secret/letter.txt', 'runs/a run/config.json', 'runs']) {
    expect(() => grants.require(at(place), 'export'), place).toThrow('GAN Studio was not given access');
  }
  grants.require(at('secret/new folder'), 'read');
  grants.require(at('runs/a run'), 'read');
  grants.require(at('runs/a run'), 'run');
  expect(() => grants.require(at('images'), 'run')).toThrow('GAN Studio was not given access');
});

test('grants of earlier sessions hold, also for a disk that comes back later', () => {
  const grants = open([at('images'), at('disk', 'later'), at('disk', 'picture.png')]);
  grants.require(at('images', 'below'), 'read');
  grants.require(at('disk', 'later'), 'read');
  fs.mkdirSync(at('disk', 'later'), { recursive: true });
  fs.writeFileSync(at('disk', 'picture.png'), '');
  grants.require(at('disk', 'later', 'a.png'), 'read');
  grants.require(at('disk', 'picture.png'), 'read');
  expect(() => grants.require(at('disk'), 'read')).toThrow('GAN Studio was not given access');
});

test('a grant of a file holds for that file alone', () => {
  fs.writeFileSync(at('images', 'a.png'), '');
  const grants = open();
  grants.grantReading(at('images', 'a.png'));
  grants.require(at('images', 'a.png'), 'read');
  for (const place of ['images', 'images/b.png', 'images/a.png/below'])
    expect(() => grants.require(at(place), 'read'), place).toThrow('GAN Studio was not given access');
  for (const access of ['export', 'run'] as const)
    expect(() => grants.require(at('images', 'a.png'), access)).toThrow('GAN Studio was not given access');
});

test('a picture granted by way of a link is the file that the link led to at that time', () => {
  const grants = open();
  for (const file of ['images/own.png', 'secret/letter.png']) fs.writeFileSync(at(file), '');
  fs.symlinkSync(at('images/own.png'), at('link.png'));
  grants.grantReading(at('link.png'));
  grants.require(at('link.png'), 'read');
  grants.require(at('images/own.png'), 'read');
  fs.unlinkSync(at('link.png'));
  fs.symlinkSync(at('secret/letter.png'), at('link.png'));
  expect(() => grants.require(at('link.png'), 'read')).toThrow('GAN Studio was not given access');
});

test('thousands of files are looked up quickly', () => {
  const grants = open();
  const files = Array.from({ length: 3000 }, (_, i) => at('images', `${i}.png`));
  for (const file of files) fs.writeFileSync(file, '');
  for (const file of files) grants.grantReading(file);
  const start = performance.now();
  for (const file of files) grants.require(file, 'read');
  expect(performance.now() - start).toBeLessThan(1000);
  expect(() => grants.require(at('images'), 'read')).toThrow('GAN Studio was not given access');
});

test('places that cannot be read do not keep the app from starting, and many of them cost little time', () => {
  fs.symlinkSync('loop', at('loop'));
  const many = Array.from({ length: 10_000 }, (_, index) => at('unplugged', `${index}.png`));
  const grants = open([at('loop'), at('x'.repeat(5000)), ...many]);
  for (const place of many) grants.require(place, 'read');
  expect(() => grants.require(at('unplugged'), 'read')).toThrow('was not given');
  fs.mkdirSync(at('unplugged'));
  fs.writeFileSync(many[0]!, '');
  grants.require(many[0]!, 'read');
  expect(() => grants.require(path.join(many[0]!, 'below'), 'read')).toThrow('was not given');
});

test('another runs folder is granted too, and the earlier one stays granted', () => {
  const grants = open();
  fs.mkdirSync(at('other/run'), { recursive: true });
  expect(() => grants.require(at('other/run'), 'run')).toThrow('GAN Studio was not given access');
  grants.grantRuns(at('other'));
  for (const run of ['other/run', 'runs/a run']) grants.require(at(run), 'run');
});
