/** A name that was typed is for one run on one data set. */
import { expect, test } from 'vitest';
import { RunName } from './run-name.svelte.ts';

const set = (name: string) => ({ name, source: { kind: 'files' as const, paths: [`/pictures/${name}`] } });

test('a run uses up a name that was typed; the next run is named after its data set again, with a number', () => {
  const taken: string[] = [];
  const name = new RunName('Untitled', () => taken);
  name.follow(set('faces'));
  expect(name.value).toBe('faces');
  name.type('My faces');
  expect(name.value).toBe('My faces');
  taken.push('faces');
  name.used();
  expect(name.value).toBe('faces 2');
});

test('the numbered form of a name that another run has is known before the start', () => {
  const name = new RunName('Untitled', () => ['Digits', 'faces']);
  name.follow(set('faces'));
  expect([name.value, name.numbered]).toEqual(['faces 2', undefined]);
  name.type(' digits ');
  expect([name.value, name.numbered]).toEqual([' digits ', 'digits 2']);
  name.type('Digits by night');
  expect(name.numbered).toBeUndefined();
});

test('a name that was typed for one data set is not used for another', () => {
  const name = new RunName('Untitled', () => []);
  name.follow(set('faces'));
  name.type('My faces');
  name.follow(set('cats'));
  expect(name.value).toBe('cats');
});
