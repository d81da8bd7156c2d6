/** The content of a data set, whatever the names of its pictures, and how it has changed, in words. */
import { expect, test } from 'vitest';
import {
  changeOf,
  changeOfContent,
  contentOf,
  hashOf,
  inOrderOf,
  PREPARATION,
  type PictureList,
} from './content.ts';

/** A list of the pictures of these letters; of classes as in { cats: 'ab', dogs: 'c' }. */
function list(pictures: string | Record<string, string>): PictureList {
  const classes = typeof pictures === 'string' ? [] : Object.keys(pictures);
  const parts = typeof pictures === 'string' ? [pictures] : Object.values(pictures);
  const letters = parts.map((part) => Array.from(part));
  return {
    preparation: PREPARATION,
    hashes: letters.flat().map((letter) => hashOf(letter)),
    classes,
    labels: classes.length === 0 ? [] : letters.flatMap((own, label) => own.map(() => label)),
  };
}

const numbered = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(0x4e00 + from + index)).join('');

test('contents are equal for the same pictures in any order, and for no others', () => {
  expect(contentOf(list('abc'))).toEqual(contentOf(list('cab')));
  for (const other of ['ab', 'abcd', 'abd', 'aabc', 'abb'])
    expect(contentOf(list(other)).fingerprint).not.toBe(contentOf(list('abc')).fingerprint);
});

test('a content has each class, with its number of pictures', () => {
  const { classes } = contentOf(list({ cats: 'ab', dogs: 'c' }));
  expect(classes).toEqual([
    { name: 'cats', count: 2, fingerprint: contentOf(list('ba')).fingerprint },
    { name: 'dogs', count: 1, fingerprint: contentOf(list('c')).fingerprint },
  ]);
});

test.each([
  ['the same', 'abc', 'abc', undefined],
  ['in another order', 'abc', 'cba', undefined],
  [
    '30 of 40 gone and 5 new',
    numbered(40),
    numbered(10) + numbered(5, 100),
    '30 of the 40 pictures are gone, and 5 are new.',
  ],
  ['one gone', 'abc', 'ab', '1 of the 3 pictures is gone.'],
  ['one replaced', 'abc', 'abd', '1 of the 3 pictures is gone, and 1 is new.'],
  ['two gone', 'abc', 'a', '2 of the 3 pictures are gone.'],
  ['one new', 'abc', 'abcd', '1 picture was added to the 3.'],
  ['two new', 'abc', 'abcde', '2 pictures were added to the 3.'],
  ['all replaced', 'abc', 'def', 'All 3 pictures are gone; 3 others are there.'],
  ['all gone', 'abc', '', 'All 3 pictures are gone.'],
  ['one of two equal ones gone', 'aab', 'ab', '1 of the 3 pictures is gone.'],
  ['a third equal one', 'aab', 'aaab', '1 picture was added to the 3.'],
])('pictures that are %s are reported', (_, before, now, words) => {
  expect(changeOf(list(before), list(now))).toBe(words);
});

test.each([
  ['classes that are the same', { cats: 'ab', dogs: 'cd' }, undefined],
  ['classes that are swapped', { cats: 'cd', dogs: 'ab' }, '4 pictures are in another class than before.'],
  [
    'one picture in another class',
    { cats: 'a', dogs: 'bcd' },
    '1 picture is in another class than before. By class: cats had 2 and has 1; dogs had 2 and has 3.',
  ],
  [
    'one gone from a class',
    { cats: 'a', dogs: 'cd' },
    '1 of the 4 pictures is gone. By class: cats had 2 and has 1.',
  ],
  [
    'one gone, one new and one moved',
    { cats: 'ac', dogs: 'de' },
    '1 of the 4 pictures is gone, and 1 is new. 1 picture is in another class than before.',
  ],
])('for a run with classes, %s are reported', (_, now, words) => {
  expect(changeOf(list({ cats: 'ab', dogs: 'cd' }), list(now))).toBe(words);
});

test('a run without classes ignores the folders of its pictures', () => {
  expect(changeOf(list('abcd'), list({ cats: 'ca', dogs: 'db' }))).toBeUndefined();
});

test('from contents alone, changes are reported as far as possible', () => {
  const change = (before: string | Record<string, string>, now: typeof before) =>
    changeOfContent(contentOf(list(before)), contentOf(list(now)));
  expect(change('abc', 'cba')).toBeUndefined();
  expect(change('abc', 'abd')).toBe('Some or all of the pictures differ from those before.');
  expect(change('a', 'ab')).toBe('There was 1 picture; now 2 pictures are there.');
  expect(change('ab', 'a')).toBe('There were 2 pictures; now 1 picture is there.');
  expect(change({ cats: 'ab', dogs: 'c' }, { cats: 'ca', dogs: 'b' })).toBe(
    'Pictures of the classes cats, dogs are in another class than before.',
  );
  expect(change({ cats: 'ab', dogs: 'c' }, { felines: 'ab', dogs: 'c' })).toBe(
    'By class: cats had 2 and has 0; felines had 0 and has 2.',
  );
});

test('pictures prepared by another version are compared only by how many there are', () => {
  const before = (pictures: string | Record<string, string>) => ({ ...list(pictures), preparation: 1 });
  expect(changeOf(before('abc'), list('def'))).toBeUndefined();
  expect(changeOf(before({ cats: 'a', dogs: 'bc' }), list({ cats: 'ab', dogs: 'c' }))).toBe(
    'By class: cats had 1 and has 2; dogs had 2 and has 1.',
  );
  expect(changeOf(before('abc'), list('ab'))).toBe('There were 3 pictures; now 2 pictures are there.');
  expect(inOrderOf(before('abc'), list('abc'))).toBeUndefined();
});

test('pictures keep their earlier order; equal ones are each used once, and within their class', () => {
  expect(inOrderOf(list('abca'), list('aacb'))).toEqual([0, 3, 2, 1]);
  expect(
    inOrderOf(list({ cats: 'ab', dogs: 'a' }), {
      ...list('aab'),
      classes: ['cats', 'dogs'],
      labels: [1, 0, 0],
    }),
  ).toEqual([1, 2, 0]);
  expect(inOrderOf(list('abc'), list('abd'))).toBeUndefined();
  expect(inOrderOf(list('aab'), list('abb'))).toBeUndefined();
  expect(inOrderOf(list({ cats: 'ab', dogs: 'c' }), list({ cats: 'ac', dogs: 'b' }))).toBeUndefined();
});
