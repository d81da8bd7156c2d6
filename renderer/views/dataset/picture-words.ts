/** Words on a picture of the data set. */
import type { PictureEntry } from '#main/contract/index.ts';
import { count } from '../../parts/format.ts';
import type { LeftOut } from '../../state/left-out.ts';

/** "cats/1.png, class cats, left out". */
export function pictureName({ name, class: label, file }: PictureEntry, leftOut: LeftOut): string {
  return [
    name,
    ...(label === undefined ? [] : [`class ${label}`]),
    ...(leftOut.has(file) ? ['left out'] : []),
  ].join(', ');
}

/** "640 × 480", in pixels. */
export function originalSize({ original: [width, height] }: PictureEntry): string {
  return `${count(width)} × ${count(height)}`;
}

/** Whether one of its sides has fewer pixels than `size`, the training size. */
export function isSmall({ original }: PictureEntry, size: number): boolean {
  return Math.min(...original) < size;
}
