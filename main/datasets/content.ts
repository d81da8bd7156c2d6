/**
 * The content of a data set: which pictures it consists of, regardless of their names, order and location.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Content } from '../contract/index.ts';

/** Version of the preparation. Raise it whenever preparing gives other pixels or facts for the same files. */
export const PREPARATION = 3;

/** The first 128 bits of SHA-256, in hexadecimal digits: enough that no two pictures share a hash. */
export function hashOf(bytes: Uint8Array | string): string {
  return shortened(createHash('sha256').update(bytes).digest('hex'));
}

/** Shortens a SHA-256 in hexadecimal digits to the length of `hashOf`. */
export function shortened(sha256: string): string {
  return sha256.slice(0, 32);
}

/** The list of a run's pictures, trained on or held out, in order; the run folder keeps it. */
export const pictureListSchema = z.object({
  preparation: z.number().int(),
  /** Of the prepared pixels of each picture. */
  hashes: z.array(z.string().regex(/^[0-9a-f]{32}$/)),
  /** Names of the classes that the run uses; empty if it uses none. */
  classes: z.array(z.string()),
  /** The class of each picture, from 0; empty without classes. */
  labels: z.array(z.number().int().nonnegative()),
});
export type PictureList = z.infer<typeof pictureListSchema>;

/** The content of these pictures: equal for the same pictures in any order. */
export function contentOf({ preparation, hashes, classes, labels }: PictureList): Content {
  return {
    preparation,
    fingerprint: fingerprintOf(hashes),
    count: hashes.length,
    classes: classes.map((name, number) => {
      const own = hashes.filter((_, index) => labels[index] === number);
      return { name, count: own.length, fingerprint: fingerprintOf(own) };
    }),
  };
}

function fingerprintOf(hashes: string[]): string {
  return hashOf([...hashes].sort().join(''));
}

/** How the pictures now differ from those before, in sentences; undefined if they are the same. */
export function changeOf(before: PictureList, now: PictureList): string | undefined {
  if (before.preparation !== now.preparation) return changeOfContent(contentOf(before), contentOf(now));
  const gone = without(before.hashes, now.hashes);
  const added = without(now.hashes, before.hashes);
  const inOther = before.classes.length === 0 ? 0 : without(marked(before), marked(now)).length - gone.length;
  const all = before.hashes.length;
  const sentences = [
    ...goneAndNew({ gone: gone.length, added: added.length, all }),
    ...(inOther > 0 ? [`${counted(inOther, 'picture')} in another class than before.`] : []),
  ];
  if (sentences.length === 0) return undefined;
  return [...sentences, ...byClass(contentOf(before), contentOf(now))].join(' ');
}

/** The same if only the contents are known, from which the number of changed pictures cannot be told. */
export function changeOfContent(before: Content, now: Content): string | undefined {
  if (before.count !== now.count)
    return [
      `There ${before.count === 1 ? 'was' : 'were'} ${counted(before.count, 'picture', '')}; now ${counted(now.count, 'picture')} there.`,
      ...byClass(before, now),
    ].join(' ');
  const isComparable = before.preparation === now.preparation;
  const classes = byClass(before, now);
  if (isComparable && before.fingerprint !== now.fingerprint)
    return ['Some or all of the pictures differ from those before.', ...classes].join(' ');
  if (classes.length > 0) return classes.join(' ');
  const moved = before.classes.filter(({ name, fingerprint }) =>
    now.classes.some((other) => other.name === name && other.fingerprint !== fingerprint),
  );
  if (!isComparable || moved.length === 0) return undefined;
  return `Pictures of the classes ${moved.map(({ name }) => name).join(', ')} are in another class than before.`;
}

function goneAndNew({ gone, added, all }: { gone: number; added: number; all: number }): string[] {
  if (gone > 0 && gone === all) {
    const others = added > 0 ? `; ${counted(added, 'other')} there` : '';
    return [`All ${all} pictures are gone${others}.`];
  }
  if (gone > 0) {
    const also = added > 0 ? `, and ${added} ${areFor(added)} new` : '';
    return [`${gone} of the ${all} pictures ${areFor(gone)} gone${also}.`];
  }
  return added > 0
    ? [`${counted(added, 'picture', '')} ${added === 1 ? 'was' : 'were'} added to the ${all}.`]
    : [];
}

/** A sentence on the classes whose number of pictures has changed. */
function byClass(before: Content, now: Content): string[] {
  if (before.classes.length === 0) return [];
  const countOf = (content: Content, name: string) =>
    content.classes.find((each) => each.name === name)?.count ?? 0;
  const names = new Set([...before.classes, ...now.classes].map(({ name }) => name));
  const changed = [...names].filter((name) => countOf(before, name) !== countOf(now, name));
  if (changed.length === 0) return [];
  return [
    `By class: ${changed.map((name) => `${name} had ${countOf(before, name)} and has ${countOf(now, name)}`).join('; ')}.`,
  ];
}

/** "2 others are", "1 other is". */
function counted(count: number, noun: string, verb?: ''): string {
  const words = `${count} ${noun}${count === 1 ? '' : 's'}`;
  return verb === '' ? words : `${words} ${areFor(count)}`;
}

const areFor = (count: number): string => (count === 1 ? 'is' : 'are');

/** Each picture with the name of its class. */
function marked({ hashes, labels, classes }: PictureList): string[] {
  return hashes.map((hash, index) => `${hash} ${classes[labels[index] ?? -1] ?? ''}`);
}

/** The multiset difference: `some` without one equal element for each of `others`. */
function without(some: string[], others: string[]): string[] {
  const left = new Map<string, number>();
  for (const each of others) left.set(each, (left.get(each) ?? 0) + 1);
  return some.filter((each) => {
    const times = left.get(each) ?? 0;
    if (times > 0) left.set(each, times - 1);
    return times === 0;
  });
}

/**
 * The indices of the pictures now, in the order of those before, so that a run goes on with exactly the
 * batches that it would have had; undefined if they are not the same pictures.
 */
export function inOrderOf(before: PictureList, now: PictureList): number[] | undefined {
  if (before.hashes.length !== now.hashes.length || before.preparation !== now.preparation) return undefined;
  const hasClasses = before.classes.length > 0;
  const indices = new Map<string, number[]>();
  (hasClasses ? marked(now) : now.hashes).forEach((key, index) => {
    const known = indices.get(key);
    if (known) known.push(index);
    else indices.set(key, [index]);
  });
  const order: number[] = [];
  for (const key of hasClasses ? marked(before) : before.hashes) {
    const index = indices.get(key)?.shift();
    if (index === undefined) return undefined;
    order.push(index);
  }
  return order;
}
