/**
 * Runs the peers: the PyTorch programs that our engine is measured against, in a virtual environment outside
 * the source folder.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StudioError } from '../contract/index.ts';
import { PYTHON_ENDS_WITH_US, runToEnd } from './child.ts';
import type { EngineCase } from './engine-cases.ts';
import qualityProgram from './peer_quality.py?raw';
import program from './peer_torch.py?raw';

/** The version that the figures in docs/performance.md were measured against. */
const PACKAGES = ['torch==2.15.0', 'numpy'];

/**
 * Makes the virtual environment and installs PyTorch from PyPI: some 5 GB. Throws StudioError
 * `peer-not-made`.
 */
export function makePeer(venv: string, packages: readonly string[] = PACKAGES): void {
  for (const [command, ...flags] of [
    ['python3', '-m', 'venv', venv],
    [python(venv), '-m', 'pip', 'install', ...packages],
  ] as [string, ...string[]][]) {
    const { status } = spawnSync(command, flags, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status === 0) continue;
    throw new StudioError({
      code: 'peer-not-made',
      message: `"${command} ${flags.join(' ')}" ended with ${status}.`,
      remedy:
        'Its errors are printed above. The installation needs Python 3 with venv and pip, and 5 GB of disk space.',
    });
  }
}

/** `tuned`: D is frozen in G's turn, and Adam is fused. `autocast`: forward passes are in bfloat16. */
export type PeerFlag = 'tuned' | 'autocast';

/** The peer's median of milliseconds a step. Rejects with StudioError `peer-missing` or `peer-failed`. */
export async function measurePeer({
  venv,
  one,
  steps,
  how,
}: {
  venv: string;
  one: EngineCase;
  steps: number;
  how: readonly PeerFlag[];
}): Promise<number> {
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
    ...how.map((flag) => `--${flag}`),
  ];
  const found = /"msPerStep": ([\d.]+)/.exec(await runPeer(venv, { program, flags }));
  if (!found) throw peerFailed('it printed no time');
  return Number(found[1]);
}

/**
 * Runs a peer of the quality bench with these flags, and returns the JSON that it prints once it has written
 * its samples. Rejects with StudioError `peer-missing` or `peer-failed`.
 */
export async function samplePeer(
  venv: string,
  flags: Record<string, string | number>,
  environment: Record<string, string>,
): Promise<unknown> {
  const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  return JSON.parse(await runPeer(venv, { program: qualityProgram, flags: words, environment }));
}

async function runPeer(
  venv: string,
  {
    program,
    flags,
    environment = {},
  }: { program: string; flags: (string | number)[]; environment?: Record<string, string> },
): Promise<string> {
  if (!fs.existsSync(python(venv))) {
    throw new StudioError({
      code: 'peer-missing',
      message: `There is no PyTorch in ${venv}.`,
      remedy:
        'Add --make-peer to install it there, --peer FOLDER to name another virtual environment, or --no-peer to measure GAN Studio alone.',
    });
  }
  const words = ['-c', PYTHON_ENDS_WITH_US + program, ...flags.map(String)];
  const { status, stdout, stderr } = await runToEnd(python(venv), words, environment);
  if (status === 0) return stdout;
  throw peerFailed(`it ended with ${status}: ${stderr.slice(-500)}`);
}

function peerFailed(why: string): StudioError {
  return new StudioError({
    code: 'peer-failed',
    message: `The PyTorch program failed: ${why}.`,
    remedy: 'Install PyTorch again with --make-peer.',
  });
}

/** The path of the interpreter in a virtual environment. */
export function python(venv: string): string {
  return path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
}
