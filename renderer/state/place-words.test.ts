/** Where pictures are is said on one line, and in full in a list. */
import { expect, test } from 'vitest';
import { placeList, placeWords } from './place-words.ts';

const files = (...paths: string[]) => ({ kind: 'files' as const, paths });

test('one line has the first place, and how many others there are', () => {
  expect(placeWords(files('/a'))).toBe('/a');
  expect(placeWords(files('/a', '/b', '/c'))).toBe('/a and 2 more');
  expect(placeWords({ kind: 'built-in', name: 'digits' })).toBe('');
});

test('the list has all places, up to twenty', () => {
  expect(placeList(files('/a', '/b'))).toBe('/a\n/b');
  const many = placeList(files(...Array.from({ length: 3000 }, (_, i) => `/${i}`))).split('\n');
  expect(many).toHaveLength(21);
  expect(many.at(-1)).toBe('and 2,980 more');
});
