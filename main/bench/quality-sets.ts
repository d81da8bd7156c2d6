/** The pictures of the quality bench: those that rows train on, and those that are held out. */
import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS, StudioError, type DatasetOptions } from '../contract/index.ts';
import type { Folders } from '../folders.ts';
import { randomOrder } from '../random.ts';

export const SETS = ['digits', 'emoji', 'other-emoji'] as const;
export type SetName = (typeof SETS)[number];

/** The files that rows train on, those that samples are compared with, and how they are prepared. */
export type Pictures = { training: string[]; heldOut: string[]; options: DatasetOptions };

/** As many as there are samples. */
const HELD_OUT = 500;
const EMOJI_TRAINED_ON = 500;
/** Keys, flags and signs, which are unlike other emoji, have smaller code points. */
const FIRST_PICTOGRAPH = '1f300';
/** Skin tones and composed emoji: with them, held-out pictures would be near copies of those trained on. */
const VARIANT = /1f3f[b-f]|200d/;

/**
 * The pictures of a set, divided at random but always in the same way: 500 are held out; rows train on 500
 * emoji, or on all other digits. Throws StudioError `dataset-missing` if the pictures are missing.
 */
export function picturesOf(set: SetName, folders: Folders): Pictures {
  const options: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size: 64 };
  switch (set) {
    case 'digits': {
      const folder = path.join(folders.builtIn, 'digits');
      const digits = namesIn(folder).flatMap((digit) => filesIn(path.join(folder, digit)));
      return {
        ...divided(digits, Infinity),
        options: { ...options, size: 32, colour: 'grey', background: '#000000' },
      };
    }
    case 'emoji':
      return { ...divided(pictographs(path.join(folders.builtIn, 'emoji')), EMOJI_TRAINED_ON), options };
    case 'other-emoji': {
      const folder = path.join('node_modules', 'emoji-datasource-google', 'img', 'google', '64');
      const project = path.resolve(folders.builtIn, '..', '..');
      return { ...divided(pictographs(path.join(project, folder)), EMOJI_TRAINED_ON), options };
    }
  }
}

function divided(files: string[], most: number): Pick<Pictures, 'training' | 'heldOut'> {
  const order = [...randomOrder({ seed: 0, stream: 'order', step: 0 }, files.length)];
  const inOrder = order.flatMap((index) => files[index] ?? []);
  return {
    heldOut: inOrder.slice(0, HELD_OUT),
    training: inOrder.slice(HELD_OUT, HELD_OUT + most),
  };
}

const pictographs = (folder: string): string[] =>
  filesIn(folder).filter((file) => {
    const name = path.basename(file);
    return name >= FIRST_PICTOGRAPH && !VARIANT.test(name);
  });

const filesIn = (folder: string): string[] => namesIn(folder).map((name) => path.join(folder, name));

function namesIn(folder: string): string[] {
  if (fs.existsSync(folder)) return fs.readdirSync(folder).sort();
  throw new StudioError({
    code: 'dataset-missing',
    message: `There are no pictures in ${folder}.`,
    remedy: 'Run: npm run setup',
  });
}
