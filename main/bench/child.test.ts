import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { PYTHON_ENDS_WITH_US, endWithUs, runToEnd } from './child.ts';

afterEach(() => vi.restoreAllMocks());

test('the result of a program is what it prints, and its exit code', async () => {
  const words = ['-e', 'console.log(process.env.A); console.error(2); process.exit(3)'];
  expect(await runToEnd(process.execPath, words, { A: 'one' })).toEqual({
    status: 3,
    stdout: 'one\n',
    stderr: '2\n',
  });
});

test('a program that does not exist is an error', async () => {
  await expect(runToEnd('no-such-program', [])).rejects.toThrow('ENOENT');
});

test('a program that works for hours ends when ours receives a signal', async () => {
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  endWithUs(child);
  await once(child, 'spawn');
  process.emit('SIGTERM', 'SIGTERM');
  const [, signal] = (await once(child, 'exit')) as [number | null, string];
  expect(signal).toBe('SIGKILL');
  // Ours ends by the same signal.
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
});

test('a program learns from its standard input that ours was killed', async () => {
  const grandchild = 'process.stdin.once("end", () => process.exit(1)).resume(); console.log(process.pid)';
  const script = `const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}]);
    child.stdout.pipe(process.stdout); setInterval(() => {}, 1000)`;
  const parent = spawn(process.execPath, ['-e', script]);
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(printed.toString());
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5000);
});

test('a program in Python ends normally', async () => {
  const words = ['-c', `${PYTHON_ENDS_WITH_US}import time\ntime.sleep(0.2)\nprint("done")`];
  expect(await runToEnd('python3', words)).toEqual({ status: 0, stdout: 'done\n', stderr: '' });
});

test('a program in Python ends when ours is gone', async () => {
  const child = spawn('python3', ['-c', `${PYTHON_ENDS_WITH_US}import time\ntime.sleep(60)`]);
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([1, null]);
});
