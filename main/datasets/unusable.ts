/** Why there is no data set: nothing in it, or nothing that can be used, told by kind with examples. */
import { StudioError, type LeftOut } from '../contract/index.ts';
import type { Scan } from './scan.ts';

/** Fewer cannot be told apart by a discriminator that compares. */
export const FEWEST_PICTURES = 2;

const KINDS: Record<LeftOut['reason'], string> = {
  'not-an-image': 'not pictures',
  'unsupported': 'of kinds that are not read here',
  'damaged': 'damaged',
  'too-small': 'too small',
  'too-large': 'too large',
  'too-slow': 'too slow to decode',
  'crashed': 'too much for the decoder',
  'unreadable': 'unreadable',
  'link-loop': 'links to what was read already',
  'link-out': 'links to more than is taken that way',
  'run': 'runs of GAN Studio',
  'archive': 'archives, or entries of one that go over a limit',
  'no-class': 'without a class',
};

/** Throws StudioError folder-empty when there is no file to look at. */
export function requireFiles({ files, leftOut, hidden }: Scan, places: string): void {
  if (files.length + leftOut.length > 0) return;
  const dots = `${hidden === 1 ? 'The only file' : `All ${hidden} files`} in ${places} ${hidden === 1 ? 'has a name that begins' : 'have names that begin'} with a dot, which hides them.`;
  throw new StudioError({
    code: 'folder-empty',
    message: hidden > 0 ? dots : `There are no files in ${places}, nor in its folders.`,
    remedy:
      hidden > 0
        ? 'Rename them, or drop the files themselves.'
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
  /** All that was looked at. */
  files: number;
}): void {
  if (usable >= FEWEST_PICTURES) return;
  if (usable === 0) {
    throw new StudioError({
      code: 'no-images',
      message: `${noneOf(files)} can be used: ${reasons(leftOut)}`,
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

function noneOf(files: number): string {
  return files === 1 ? 'The only file' : `None of the ${files} files`;
}

/** "2 not pictures (a.txt: ...); 1 damaged (b.png: ...)." */
function reasons(leftOut: readonly LeftOut[]): string {
  const groups = new Map<LeftOut['reason'], LeftOut[]>();
  for (const each of leftOut) groups.set(each.reason, [...(groups.get(each.reason) ?? []), each]);
  if (leftOut.length === 1 && leftOut[0]) return exampleOf(leftOut[0]).replace(/\.?$/, '.');
  const told = [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([reason, files]) => `${files.length} ${KINDS[reason]}, such as ${files[0] ? exampleOf(files[0]) : ''}`,
    );
  return `${told.join('; ')}.`;
}

function exampleOf({ file, detail }: LeftOut): string {
  return `${file} (${detail.replace(/\.$/, '')})`;
}
