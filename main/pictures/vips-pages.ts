/** Chooses which picture of an animation, a stack of pages or a pyramid is taken. */
import type { Note } from '../contract/index.ts';
import type { Format } from './kinds.ts';
import type { PictureRequest } from './request.ts';
import { numberIn, type VipsImage, type Workbench } from './vips.ts';

export type VipsFormat = Extract<Format, 'JPEG' | 'GIF' | 'TIFF' | 'WebP'>;

/** The most pictures of a file that are searched for one that is not empty. */
const MOST_LOOKED_AT = 50;

/**
 * Chooses the largest picture, as in a pyramid, and of several with that size, the first that is not empty.
 * Returns its number in the file, from 0.
 */
export async function choosePage({
  bench,
  format,
  load,
  request: { bytes, ask, onNote },
}: {
  bench: Workbench;
  format: VipsFormat;
  /** Opens a page. */
  load: (page: number) => VipsImage;
  request: PictureRequest;
}): Promise<number> {
  const image = load(0);
  const count = numberIn(image, 'n-pages') ?? 1;
  await ask(image.width * image.height);
  if (count === 1) return 0;
  const sizes =
    format === 'TIFF' ? pageSizes(bench, { bytes, count }) : Array.from({ length: count }, () => 1);
  const largest = Math.max(...sizes);
  const candidates = sizes.flatMap((size, page) => (size === largest ? page : [])).slice(0, MOST_LOOKED_AT);
  if (largest > 1) await ask(largest);
  const page = fullest(candidates, (candidate) => contentOf(bench, load(candidate)));
  onNote(
    severalNote({
      count,
      page,
      format,
      skipped: page !== candidates[0],
      pyramid: candidates.length < Math.min(count, MOST_LOOKED_AT),
    }),
  );
  return page;
}

/** Pixels of each page. */
function pageSizes({ vips }: Workbench, { bytes, count }: { bytes: Buffer; count: number }): number[] {
  return Array.from({ length: Math.min(count, 1000) }, (_, page) => {
    const image = vips.Image.tiffloadBuffer(bytes, { page });
    const size = image.width * image.height;
    image.delete();
    return size;
  });
}

function severalNote({
  count,
  page,
  format,
  skipped,
  pyramid,
}: {
  count: number;
  page: number;
  format: VipsFormat;
  skipped: boolean;
  pyramid: boolean;
}): Note {
  const [whole, one] =
    format === 'TIFF' ? (['A file', 'page'] as const) : (['An animation', 'picture'] as const);
  const why = skipped ? ', the first that is not empty' : pyramid ? ', the largest' : '';
  return {
    kind: 'one-of-several',
    detail: `${whole} of ${count} ${one}s; ${one} ${page + 1} is used${why}.`,
  };
}

/** The first page with a picture, otherwise the first of a single colour, otherwise the first. */
function fullest(pages: number[], look: (page: number) => Content): number {
  let best = { page: pages[0] ?? 0, content: 0 };
  for (const page of pages) {
    const content = look(page);
    if (content > best.content) best = { page, content };
    if (content === CONTENT.picture) break;
  }
  return best.page;
}

/** How much a page shows, in order: nothing if it is transparent, a single colour, or a picture. */
const CONTENT = { nothing: 0, oneColour: 1, picture: 2 } as const;
type Content = (typeof CONTENT)[keyof typeof CONTENT];

function contentOf({ keep }: Workbench, image: VipsImage): Content {
  const stats = keep(image.stats());
  const table = stats.writeToMemory(); // a row of [min, max, ...] for all channels, then one for each
  const channels = Array.from({ length: image.bands }, (_, band) => {
    const row = (band + 1) * stats.width;
    return { least: table[row] ?? 0, most: table[row + 1] ?? 0 };
  });
  if (image.hasAlpha() && channels[channels.length - 1]?.most === 0) return CONTENT.nothing;
  return channels.every(({ least, most }) => least === most) ? CONTENT.oneColour : CONTENT.picture;
}
