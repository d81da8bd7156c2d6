import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkChildren, checksIn } from './in-process.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-checks-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Checks in a process that runs this code on the message that it receives. */
function checks(program: string, limits = {}) {
  const file = path.join(folder, 'program.cjs');
  fs.writeFileSync(file, `process.on('message', (message) => { ${program} });`);
  return checksIn(checkChildren(file), limits);
}

const asked = () =>
  ({ format: 'onnx', folder: '/exports/one', signal: new AbortController().signal }) as const;

test('the result of a check is its runtime and the largest difference', async () => {
  const check = checks(
    "process.send({ type: message.folder === '/exports/one' && message.format === 'onnx' ? 'checked' : 'no-runtime', difference: 2e-6 })",
  );
  expect(await check(asked())).toEqual({ runtime: 'ONNX Runtime', difference: 2e-6 });
});

test('numbers that lie too far from ours are a failure', async () => {
  const check = checks("process.send({ type: 'checked', difference: 0.25 })");
  expect(await check(asked())).toMatchObject({
    failure: {
      message: 'In ONNX Runtime, the numbers of the export differ from the studio’s by up to 0.25.',
    },
  });
});

test('a format that the app cannot run starts no process', async () => {
  const check = checksIn(() => {
    throw new Error('started');
  });
  expect(await check({ ...asked(), format: 'pytorch' })).toBeNull();
});

test.each([
  ['ends by itself', 'process.exit(3)', 'its process ended unexpectedly (exit code 3)'],
  ['is killed', "process.kill(process.pid, 'SIGKILL')", 'its process ended unexpectedly'],
  ['talks nonsense', 'process.send({ type: 7 })', 'its answer could not be read'],
  ['never answers', '', 'it took longer than 0.3 seconds'],
])('a check whose process %s has failed, and says why', async (_, program, why) => {
  const check = checks(program, program === '' ? { limitMilliseconds: 300 } : {});
  expect(await check(asked())).toMatchObject({
    failure: { code: 'check-failed', message: expect.stringContaining(why) as string },
  });
});

test('a check that is cancelled ends at once, and so does its process', async () => {
  const beat = path.join(folder, 'beat');
  const check = checks(`setInterval(() => require('fs').writeFileSync(${JSON.stringify(beat)}, '1'), 5)`);
  const stop = new AbortController();
  const ended = check({ ...asked(), signal: stop.signal });
  await expect.poll(() => fs.existsSync(beat)).toBe(true);
  stop.abort();
  expect(await ended).toBeNull();
  await expect
    .poll(async () => {
      fs.rmSync(beat, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 50));
      return fs.existsSync(beat);
    })
    .toBe(false);
});
