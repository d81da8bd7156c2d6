// @ts-check
/** How other programs are run and ended. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hasCommand, run } from './processes.mjs';

test('a program that cannot be started gives a reason', async () => {
  const outcome = await run('no-such-program', []);
  expect(outcome.code).toBe(127);
  expect(outcome.output).toContain('no-such-program');
  expect(hasCommand('no-such-program')).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'a program that makes no progress is ended, with all that it started',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gan-studio-stall-'));
    const outcome = await run('sh', ['-c', 'sleep 61.25 & sleep 61.25'], {
      growth: { folders: [folder], stallSeconds: 1 },
    });
    rmSync(folder, { recursive: true });
    expect(outcome.stalled).toBe(true);
    expect(execFileSync('ps', ['-eo', 'args']).toString()).not.toMatch(/^sleep 61\.25$/m);
  },
);
