/**
 * Makes folders of images as people have them: nested, with odd names, and with files in them that are no
 * images.
 */
import fs from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

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
  names.forEach((name, place) => {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    for (const file of emoji.slice(place * each, (place + 1) * each))
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

/** A grey PNG of this many pixels a side: large in memory, small on disk. */
export function writeHugePng(file: string, side: number): void {
  const rows = Buffer.alloc(side * (Math.ceil(side / 8) + 1));
  writeSquare(file, { side, bits: 1, kind: PNG_GREY, rows });
}

/** A square of one colour: red, green and blue. */
export function writePlainPng(file: string, side: number, colour: readonly [number, number, number]): void {
  const row = Buffer.from([0, ...Array.from({ length: side }, () => colour).flat()]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  writeSquare(file, { side, bits: 8, kind: PNG_COLOUR, rows });
}

const PNG_GREY = 0;
const PNG_COLOUR = 2;
type Square = { side: number; bits: number; kind: typeof PNG_GREY | typeof PNG_COLOUR; rows: Buffer };

/** A PNG of these rows, each behind the number of its filter. */
function writeSquare(file: string, { side, bits, kind, rows }: Square): void {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([bits, kind], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  fs.writeFileSync(file, Buffer.concat([signature, ...chunks]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** CRC-32, as PNG wants it. */
function checksum(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** A zip archive of these files, as they are. */
export function writeZip(archive: string, files: string[]): void {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(path.basename(file));
    const body = fs.readFileSync(file);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0); // the version that reads it
    facts.writeUInt32LE(checksum(body), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), facts, name, body);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, name);
    offset += 4 + facts.length + name.length + body.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  fs.writeFileSync(
    archive,
    Buffer.concat([...bodies, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]),
  );
}

/** This many emoji, all in one folder; answers their paths. */
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
