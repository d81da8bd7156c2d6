/**
 * Damages files as disks, networks and people do, to test what reads them. The same seed does the same
 * damage.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomWords } from '../random.ts';
import { scanFiles } from './scan.ts';

type Draw = (below: number) => number;

const MUTATIONS: readonly ((bytes: Buffer, draw: Draw) => Buffer)[] = [
  // One to eight bytes become random ones.
  (bytes, draw) => {
    for (let times = 1 + draw(8); times > 0; times--) bytes[draw(bytes.length)] = draw(256);
    return bytes;
  },
  // One bit is flipped among the first bytes, where sizes and kinds stand.
  (bytes, draw) => {
    const at = draw(Math.min(bytes.length, 200));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(8));
    return bytes;
  },
  (bytes, draw) => bytes.subarray(0, draw(bytes.length)),
  (bytes, draw) => bytes.fill(0, draw(bytes.length)),
  // A stretch becomes zeros or ones, is missing, is doubled, or becomes random.
  (bytes, draw) => {
    const from = draw(bytes.length);
    return bytes.fill(draw(2) * 255, from, Math.min(bytes.length, from + draw(64)));
  },
  (bytes, draw) => {
    const from = draw(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + draw(64))]);
  },
  (bytes, draw) => {
    const from = draw(bytes.length);
    return Buffer.concat([bytes.subarray(0, from + draw(64)), bytes.subarray(from)]);
  },
  (bytes, draw) => {
    const from = draw(bytes.length);
    for (let at = from; at < Math.min(bytes.length, from + draw(64)); at++) bytes[at] = draw(256);
    return bytes;
  },
  // A number of two or four bytes takes its largest value.
  (bytes, draw) => {
    const at = draw(Math.max(1, Math.min(bytes.length, 400) - 4));
    return bytes.fill(0xff, at, Math.min(bytes.length, at + 2 + 2 * draw(2)));
  },
];

/**
 * Writes `count` damaged copies of the files below `from` to `into`, in turn; names begin with a copy's
 * number.
 */
export async function writeMutatedFiles({
  from,
  into,
  count,
  seed,
}: {
  from: string;
  into: string;
  count: number;
  seed: number;
}): Promise<void> {
  const { files } = await scanFiles({ paths: [from] });
  const read = files.map(async ({ path: name, place }) => ({
    name: path.basename(name.toString('utf8')),
    bytes: await readFile(place.path),
  }));
  const usable = (await Promise.all(read)).filter(({ bytes }) => bytes.length > 0);
  for (let index = 0; index < count; index++) {
    const file = usable[index % usable.length];
    if (!file) return;
    const words = randomWords({ seed, stream: 'latent', step: index }, 128);
    let drawn = 0;
    const draw: Draw = (below) => (words[drawn++ % words.length] ?? 0) % Math.max(1, below);
    const mutate = MUTATIONS[draw(MUTATIONS.length)]!;
    const name = `${String(index).padStart(6, '0')}-${file.name}`;
    await writeFile(path.join(into, name), mutate(Buffer.from(file.bytes), draw));
  }
}
