/**
 * The PyTorch program that our engine is measured against, in a virtual environment of its own, outside the
 * source folder.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StudioError } from '../contract/index.ts';
import type { EngineCase } from './engine-cases.ts';
import program from './peer_torch.py?raw';

/** The version that the figures in docs/performance.md were measured against. */
const PACKAGES = ['torch==2.15.0', 'numpy'];

/**
 * Makes the virtual environment and installs PyTorch from PyPI: some 5 GB. Throws StudioError
 * `peer-not-made`.
 */
export function makePeer(venv: string): void {
  for (const [command, ...flags] of [
    ['python3', '-m', 'venv', venv],
    [python(venv), '-m', 'pip', 'install', ...PACKAGES],
  ] as [string, ...string[]][]) {
    const { status } = spawnSync(command, flags, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status === 0) continue;
    throw new StudioError({
      code: 'peer-not-made',
      message: `"${command} ${flags.join(' ')}" ended with ${status}.`,
      remedy: 'See what it printed above; it needs Python 3 with venv, pip, and 5 GB of disk.',
    });
  }
}

/** Milliseconds a step, the peer's own median. Throws StudioError `peer-missing` or `peer-failed`. */
export function measurePeer({
  venv,
  one,
  steps,
  tuned,
}: {
  venv: string;
  one: EngineCase;
  steps: number;
  tuned: boolean;
}): number {
  if (!fs.existsSync(python(venv))) {
    throw new StudioError({
      code: 'peer-missing',
      message: `There is no PyTorch in ${venv}.`,
      remedy:
        'Add --make-peer to install it there, --peer FOLDER to name another virtual environment, or --no-peer to measure ours alone.',
    });
  }
  const flags = [
    '--model',
    one.model,
    '--loss',
    one.loss,
    '--width',
    one.width,
    '--batch',
    one.batch,
    '--steps',
    steps,
    '--threads',
    os.availableParallelism(),
    ...(tuned ? ['--tuned'] : []),
  ];
  const { status, stdout, stderr } = spawnSync(python(venv), ['-c', program, ...flags.map(String)], {
    encoding: 'utf8',
  });
  const found = /"msPerStep": ([\d.]+)/.exec(stdout);
  if (status === 0 && found) return Number(found[1]);
  throw new StudioError({
    code: 'peer-failed',
    message: `PyTorch’s program ended with ${status}: ${stderr.slice(-500)}`,
    remedy: 'Make the virtual environment anew with --make-peer.',
  });
}

function python(venv: string): string {
  return path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
}
