/**
 * Makes pictures of many formats and sizes, like those that people have. The same seed gives the same files.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import Vips from 'wasm-vips';
import { randomWords } from '../random.ts';

/** How many files of a hundred are of each kind. */
const KINDS = { jpeg: 40, png: 25, transparent: 10, webp: 10, gif: 5, bmp: 4, tiff: 4, avif: 2 } as const;
type Kind = keyof typeof KINDS;
/**
 * Widths in pixels, each as likely as any other; imports spend most of their time on the few large photos.
 */
const SIDES = [64, 178, 256, 400, 512, 640, 800, 1200, 1600] as const;

type Write = (pixels: Uint8Array, size: { width: number; height: number }) => Promise<Uint8Array>;

/** Writes `count` files into `folder`. */
export async function writeMixedPictures(
  folder: string,
  { count, seed }: { count: number; seed: number },
): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const write = await writers();
  const kinds = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    Array.from({ length: KINDS[kind] }, () => kind),
  );
  for (let index = 0; index < count; index++) {
    const [a = 0, b = 0, c = 0] = randomWords({ seed, stream: 'latent', step: index }, 3);
    const kind = kinds[(index * 37) % kinds.length]!;
    const width = SIDES[a % SIDES.length]!;
    const height = Math.max(16, Math.round(width * (0.6 + (b % 100) / 150)));
    const pixels = photo({ width, height, seed: c, transparent: kind === 'transparent' });
    fs.writeFileSync(
      path.join(folder, `${String(index).padStart(5, '0')}.${kind}`),
      await write[kind](pixels, { width, height }),
    );
  }
}

async function writers(): Promise<Record<Kind, Write>> {
  const vips = await Vips({ dynamicLibraries: [] });
  const opaque =
    (save: (image: Vips.Image) => Uint8Array): Write =>
    async (pixels, { width, height }) => {
      const image = vips.Image.newFromMemory(pixels, width, height, 4, vips.BandFormat.uchar);
      const colours = image.extractBand(0, { n: 3 });
      const marked = colours.copy({ interpretation: 'srgb' });
      const bytes = save(marked);
      for (const made of [marked, colours, image]) made.delete();
      return bytes;
    };
  const rust = (pixels: Uint8Array, { width, height }: { width: number; height: number }) =>
    Transformer.fromRgbaPixels(pixels, width, height);
  return {
    jpeg: opaque((image) => image.jpegsaveBuffer({ Q: 88 })),
    gif: opaque((image) => image.gifsaveBuffer()),
    tiff: opaque((image) => image.tiffsaveBuffer({ compression: 'lzw' })),
    png: opaque((image) => image.pngsaveBuffer({ compression: 4 })),
    transparent: async (pixels, size) => rust(pixels, size).png(),
    webp: opaque((image) => image.webpsaveBuffer({ Q: 80, effort: 2 })),
    bmp: async (pixels, size) => rust(pixels, size).bmp(),
    avif: async (pixels, size) => rust(pixels, size).avif({ speed: 10 }),
  };
}

/** Soft colours with edges and a little noise, as RGBA bytes. */
function photo({
  width,
  height,
  seed,
  transparent,
}: {
  width: number;
  height: number;
  seed: number;
  transparent: boolean;
}): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  const [u, v, w] = [1 + (seed % 5), 1 + ((seed >> 4) % 5), (seed >> 8) % 7];
  let noise = seed | 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
      const grain = (noise >>> 28) - 8;
      const wave = Math.sin(((u * x) / width) * 6.28 + w) * Math.cos(((v * y) / height) * 6.28);
      const edge = (x * u + y * v) % 97 < 20 ? 40 : 0;
      pixels[at] = Math.min(255, Math.max(0, 128 + 90 * wave + edge + grain));
      pixels[at + 1] = Math.min(255, Math.max(0, 110 + 70 * Math.sin(wave * 2 + w) + grain));
      pixels[at + 2] = Math.min(255, Math.max(0, 140 - 80 * wave + edge + grain));
      pixels[at + 3] = transparent
        ? Math.min(255, Math.abs(x - width / 2) < width / 3 ? 255 : 4 * (y % 64))
        : 255;
    }
  }
  return pixels;
}
