/** Makes folders of pictures as people have them: nested, with odd names, and with other files among them. */
import fs from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';

const EMOJI = path.resolve(
  __dirname,
  '..',
  'node_modules',
  'emoji-datasource-twitter',
  'img',
  'twitter',
  '64',
);

/** The damaged files that `fillFolder` adds. */
export const DAMAGED = ['cut off.png', 'no pixels.png', 'empty.jpg'];

/** Puts real emoji (64 x 64) into the folder and folders below it. */
export function copyEmoji(folder: string, count: number): void {
  const below = ['', 'faces', path.join('faces', 'more'), 'with "quotes" & 🎨'];
  for (const name of below) fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.readdirSync(EMOJI)
    .filter((name) => name.endsWith('.png'))
    .slice(0, count)
    .forEach((name, index) => {
      fs.copyFileSync(
        path.join(EMOJI, name),
        path.join(folder, below[index % below.length] ?? '', index === 0 ? `first's 🐼 "face".png` : name),
      );
    });
}

/** Emoji in a folder for each class. */
export function copyClasses(folder: string, { names, each }: { names: string[]; each: number }): void {
  const emoji = fs.readdirSync(EMOJI).filter((name) => name.endsWith('.png'));
  names.forEach((name, index) => {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (const file of emoji.slice(index * each, (index + 1) * each))
      fs.copyFileSync(path.join(EMOJI, file), path.join(folder, name, file));
  });
}

/** Emoji, three damaged images and a text file. */
export function fillFolder(folder: string, count: number): void {
  copyEmoji(folder, count);
  const whole = fs.readFileSync(path.join(EMOJI, '1f600.png'));
  const damage: Buffer[] = [whole.subarray(0, whole.length / 2), whole.subarray(0, 33), Buffer.alloc(0)];
  damage.forEach((bytes, index) => fs.writeFileSync(path.join(folder, DAMAGED[index] ?? ''), bytes));
  fs.writeFileSync(path.join(folder, 'about these pictures.txt'), 'Drawn by hand.\n');
}

/** A black PNG of this many pixels a side, one bit each: large in memory, small on disk. */
export function writeHugePng(file: string, side: number): void {
  const data = new Uint8Array(Math.ceil(side / 8) * side);
  fs.writeFileSync(file, encode({ width: side, height: side, channels: 1, depth: 1, data }));
}

/** A square of one colour: red, green and blue. */
export function writePlainPng(file: string, side: number, colour: readonly [number, number, number]): void {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, index) => colour[index % 3] ?? 0);
  fs.writeFileSync(file, encode({ width: side, height: side, channels: 3, data }));
}

/** A zip archive of these files, as they are. */
export function writeZip(archive: string, files: string[]): void {
  const entries = files.map((file) => [path.basename(file), fs.readFileSync(file)] as const);
  fs.writeFileSync(archive, zipSync(Object.fromEntries(entries), { level: 0 }));
}

/** This many emoji, all in one folder; returns their paths. */
export function copyFlat(folder: string, count: number, from = 0): string[] {
  fs.mkdirSync(folder, { recursive: true });
  const names = fs
    .readdirSync(EMOJI)
    .filter((name) => name.endsWith('.png'))
    .slice(from, from + count);
  return names.map((name) => {
    const file = path.join(folder, name);
    fs.copyFileSync(path.join(EMOJI, name), file);
    return file;
  });
}
