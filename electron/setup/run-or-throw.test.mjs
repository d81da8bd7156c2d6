// @ts-check
/** What a program that has to succeed gives, and how its failure is reported. */
import { expect, test } from 'vitest';
import { SetupError } from './report.mjs';
import { runOrThrow } from './run-or-throw.mjs';

test('a program that succeeds gives what it printed', async () => {
  expect(await runOrThrow(process.execPath, ['-e', 'console.log("done")'])).toBe('done');
});

test('a program that fails throws the end of what it printed', async () => {
  const failing = ['-e', 'console.error("no space"); process.exit(3)'];
  await expect(runOrThrow(process.execPath, failing)).rejects.toThrow(
    `${process.execPath} failed (exit code 3). Its last output:\nno space`,
  );
});

test('the caller can explain the failure', async () => {
  const explain = (/** @type {string} */ trouble) =>
    new SetupError({ code: 'unpacking', facts: trouble, remedy: 'Free some space.' });
  await expect(runOrThrow('no-such-program', [], { explain })).rejects.toMatchObject({
    code: 'unpacking',
    message: expect.stringMatching(/^no-such-program failed \(exit code 127\)[^]*\nFree some space\.$/),
  });
});
