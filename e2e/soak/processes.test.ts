/** Memory and handles of processes are summed by role. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { heldByRole } from './processes.ts';

let proc: string;
beforeEach(() => {
  proc = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-proc-'));
});
afterEach(() => fs.rmSync(proc, { recursive: true, force: true }));

function addProcess(pid: number, { kilobytes, handles }: { kilobytes: number; handles: number }): void {
  const fd = path.join(proc, String(pid), 'fd');
  fs.mkdirSync(fd, { recursive: true });
  fs.writeFileSync(
    path.join(proc, String(pid), 'status'),
    `Name:\tx\nVmHWM:\t9 kB\nVmRSS:\t  ${kilobytes} kB\n`,
  );
  for (let handle = 0; handle < handles; handle++) fs.writeFileSync(path.join(fd, String(handle)), '');
  fs.symlinkSync('/dev/null', path.join(fd, String(handles)));
}

test('each process counts for its role, and one that Electron does not list for the others', () => {
  addProcess(1, { kilobytes: 100_000, handles: 3 });
  addProcess(2, { kilobytes: 200_000, handles: 5 });
  addProcess(3, { kilobytes: 10_000, handles: 1 });
  addProcess(4, { kilobytes: 20_000, handles: 2 });
  const held = heldByRole(
    [1, 2, 3, 4, 5],
    [
      { pid: 1, type: 'Browser' },
      { pid: 2, type: 'Utility', name: 'GAN Studio trainer' },
      { pid: 3, type: 'Utility', name: 'Network Service' },
    ],
    proc,
  );
  expect(held.main).toEqual({ pids: [1], megabytes: 102.4, handles: 3 });
  expect(held.trainer).toEqual({ pids: [2], megabytes: 204.8, handles: 5 });
  expect(held.others).toEqual({ pids: [3, 4], megabytes: 30.72, handles: 3 });
  expect(held.library.pids).toEqual([]);
});

test.runIf(process.platform === 'linux')('this very process holds memory and handles', () => {
  const { main } = heldByRole([process.pid], [{ pid: process.pid, type: 'Browser' }]);
  expect(main.megabytes).toBeGreaterThan(10);
  expect(main.handles).toBeGreaterThan(2);
});
