/** The pictures that presets made, with the seed and the step of each. */
import { z } from 'zod';
import { count } from '../../parts/format.ts';

export type PresetPicture = {
  /** Address of the picture. */
  url: string;
  /** Says what made it; undefined where that is not known. */
  words: string | undefined;
};

const FILES = import.meta.glob<string>('../../../assets/presets/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
});
const RECORDS = import.meta.glob<unknown>('../../../assets/presets/made.json', {
  import: 'default',
  eager: true,
});
const recordsSchema = z.record(z.string(), z.object({ seed: z.number(), step: z.number() }));

/** The picture that a preset made; undefined where there is none. */
export function pictureOf(kind: string): PresetPicture | undefined {
  return pictureIn(FILES, { kind, records: Object.values(RECORDS)[0] });
}

/** The picture among these files, by address, with what the records say of it. */
export function pictureIn(
  files: Record<string, string>,
  { kind, records }: { kind: string; records: unknown },
): PresetPicture | undefined {
  const url = Object.entries(files).find(([file]) => file.endsWith(`/${kind}.png`))?.[1];
  if (url === undefined) return undefined;
  const made = recordsSchema.safeParse(records).data?.[kind];
  return { url, words: made && `Made by this preset: seed ${made.seed}, step ${count(made.step)}` };
}
