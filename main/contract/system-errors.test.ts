/** Errors of the file system reach a person in plain words. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemCause, systemCode } from './system-errors.ts';

/** What the call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

const refused = (code: string) => Object.assign(new Error(`${code}: refused, open 'x'`), { code });

test('errors of the real file system are told in words', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'system-errors-'));
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, '');
  const causes = [
    () => fs.readFileSync(folder),
    () => fs.readFileSync(path.join(folder, 'gone')),
    () => fs.readFileSync(path.join(file, 'below')),
    () => fs.readFileSync(path.join(folder, 'n'.repeat(300))),
    () => fs.mkdirSync(file),
  ].map((call) => systemCause(thrownBy(call)));
  fs.rmSync(folder, { recursive: true });
  expect(causes).toEqual([
    'it is a folder',
    'it is not there',
    'a part of its path is a file, not a folder',
    'its name is too long',
    'something with that name already exists',
  ]);
});

test.each([
  ['EACCES', 'permission is missing'],
  ['EPERM', 'permission is missing'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['EMFILE', 'too many files are open'],
])('%s is told in words', (code, words) => {
  expect(systemCause(refused(code))).toBe(words);
});

test('an unknown code stands in brackets after plain words; an error without one tells its message', () => {
  expect(systemCause(refused('EODD'))).toBe('the system refused it (EODD)');
  expect(systemCause(new Error('it ends at byte 3'))).toBe('it ends at byte 3');
  expect(systemCause('no error')).toBe('no error');
  expect([systemCode(refused('EIO')), systemCode(new Error('x'))]).toEqual(['EIO', undefined]);
});
