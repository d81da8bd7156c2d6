/** A name belongs to one run and one data set: it sticks to no other. */
import { expect, test } from 'vitest';
import { RunName } from './run-name.svelte.ts';

const set = (name: string) => ({ name, source: { kind: 'files' as const, paths: [`/pictures/${name}`] } });

test('a name that was typed goes with its run, and the next run follows its data set, numbered', () => {
  const taken: string[] = [];
  const name = new RunName('Untitled', () => taken);
  name.follow(set('faces'));
  expect(name.value).toBe('faces');
  name.type('My faces');
  expect(name.value).toBe('My faces');
  taken.push('faces');
  name.given();
  expect(name.value).toBe('faces 2');
});

test('a name that another run has is said to get a number, before it does', () => {
  const name = new RunName('Untitled', () => ['Digits', 'faces']);
  name.follow(set('faces'));
  expect([name.value, name.numbered]).toEqual(['faces 2', undefined]);
  name.type(' digits ');
  expect([name.value, name.numbered]).toEqual([' digits ', 'digits 2']);
  name.type('Digits by night');
  expect(name.numbered).toBeUndefined();
});

test('a name that was typed for one data set does not stick to another', () => {
  const name = new RunName('Untitled', () => []);
  name.follow(set('faces'));
  name.type('My faces');
  name.follow(set('cats'));
  expect(name.value).toBe('cats');
});
