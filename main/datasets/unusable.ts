/**
 * The errors of a data set without pictures: no files, or none that can be used, with reasons by kind and
 * examples.
 */
import { StudioError, type LeftOut } from '../contract/index.ts';
import type { Scan } from './scan.ts';

/** The fewest pictures of a data set: losses and layers that compare the images of a batch need two. */
export const FEWEST_PICTURES = 2;

/** The words for one file with this reason, and for several. */
const KINDS: Record<LeftOut['reason'], readonly [one: string, several: string]> = {
  'not-an-image': ['is not a picture', 'are not pictures'],
  'unsupported': ['is of an unsupported kind', 'are of unsupported kinds'],
  'damaged': ['is damaged', 'are damaged'],
  'too-small': ['is too small', 'are too small'],
  'too-large': ['is too large', 'are too large'],
  'too-slow': ['takes too long to decode', 'take too long to decode'],
  'crashed': ['is too much for the decoder', 'are too much for the decoder'],
  'unreadable': ['cannot be read', 'cannot be read'],
  'link-loop': ['is a link to something already read', 'are links to something already read'],
  'link-out': ['leads to more files than a link may', 'lead to more files than a link may'],
  'run': ['is a run of GAN Studio', 'are runs of GAN Studio'],
  'archive': ['is an archive, or exceeds its limits', 'are archives, or exceed their limits'],
  'no-class': ['has no class', 'have no class'],
};

/** Throws StudioError folder-empty when there is no file to look at. */
export function requireFiles({ files, leftOut, hidden }: Scan, places: string): void {
  if (files.length + leftOut.length > 0) return;
  const dots =
    hidden === 1
      ? `The only picture in ${places} has a name that begins with a dot, which hides it.`
      : `All ${hidden} pictures in ${places} have names that begin with a dot, which hides them.`;
  throw new StudioError({
    code: 'folder-empty',
    message: hidden > 0 ? dots : `There are no files in ${places}, nor in its folders.`,
    remedy:
      hidden > 0
        ? `Rename ${hidden === 1 ? 'it, or drop the file itself' : 'them, or drop the files themselves'}.`
        : 'Put PNG, JPEG, WebP or HEIC pictures in it, or choose another folder.',
  });
}

/** Throws StudioError no-images or too-few-images, with reasons by kind. */
export function requirePictures({
  usable,
  leftOut,
  files,
}: {
  /** Pictures that can be used. */
  usable: number;
  leftOut: readonly LeftOut[];
  /** How many files were looked at. */
  files: number;
}): void {
  if (usable >= FEWEST_PICTURES) return;
  if (usable === 0) {
    throw new StudioError({
      code: 'no-images',
      message:
        leftOut.length === 1
          ? onlyOne(leftOut)
          : `None of the ${files} files can be used: ${reasons(leftOut)}`,
      remedy: 'Add PNG, JPEG, WebP or HEIC pictures, or choose the folder that holds them.',
    });
  }
  const others = leftOut.length > 0 ? ` Of the others: ${reasons(leftOut)}` : '';
  throw new StudioError({
    code: 'too-few-images',
    message: `Only one picture can be used; training needs at least ${FEWEST_PICTURES}.${others}`,
    remedy: 'Add more pictures; 50 or more give a network something to learn from.',
  });
}

function onlyOne([only]: readonly LeftOut[]): string {
  return only ? `${only.file} cannot be used. ${only.detail.replace(/\.?$/, '.')}` : '';
}

/** "2 are not pictures, such as a.txt (...); 1 is damaged, namely b.png (...)." */
function reasons(leftOut: readonly LeftOut[]): string {
  const groups = new Map<LeftOut['reason'], LeftOut[]>();
  for (const each of leftOut) {
    const known = groups.get(each.reason);
    if (known) known.push(each);
    else groups.set(each.reason, [each]);
  }
  const groupWords = [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, files]) => {
      const what = KINDS[reason][files.length === 1 ? 0 : 1];
      return `${files.length} ${what}, ${files.length === 1 ? 'namely' : 'such as'} ${files[0] ? exampleOf(files[0]) : ''}`;
    });
  return `${groupWords.join('; ')}.`;
}

function exampleOf({ file, detail }: LeftOut): string {
  return `${file} (${detail.replace(/\.$/, '')})`;
}
