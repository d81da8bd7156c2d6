/**
 * Classes of images: the folders that hold them, where every image lies in one of several right below the
 * dataset's folder.
 */
import type { LeftOut } from '../contract/index.ts';
import { showPath, type Scan } from './scan.ts';

/**
 * Names of the classes, sorted, and the class of each image, from 0, in the dataset's order; both empty where
 * there are none.
 */
export type Classes = { names: string[]; labels: Uint16Array };

const NONE: Classes = { names: [], labels: new Uint16Array() };
/** More folders than this are an archive, not classes: each would be one number of G's input. */
const MOST_CLASSES = 256;

/** `count`: the images that were prepared, in the scan's order; what was left out has no label. */
export function classesOf(scan: Scan, { leftOut, count }: { leftOut: LeftOut[]; count: number }): Classes {
  const without = new Set(leftOut.map(({ file }) => file));
  const paths = scan.files.map(({ path }) => showPath(path)).filter((path) => !without.has(path));
  if (paths.length !== count || !paths.every((path) => path.includes('/'))) return NONE;
  const folders = paths.map((path) => path.slice(0, path.indexOf('/')));
  const names = [...new Set(folders)].sort();
  if (names.length < 2 || names.length > MOST_CLASSES) return NONE;
  return { names, labels: Uint16Array.from(folders, (folder) => names.indexOf(folder)) };
}
