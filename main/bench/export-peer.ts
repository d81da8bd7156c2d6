/**
 * Runs the Python program that loads exports in their own runtimes, in a virtual environment outside the
 * source folder.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { StudioError } from '../contract/index.ts';
import program from './check_exports.py?raw';
import { endWithUs } from './child.ts';
import { makePeer, python } from './peer.ts';

const PACKAGES = [
  'torch==2.15.0',
  'numpy',
  'onnx==1.23.2',
  'onnxruntime==1.32.0',
  'keras==3.15.1',
  'h5py',
  'safetensors==0.8.0',
  'pillow==13.0.0',
];

/** An export to check. `subject`: a name of SUBJECTS. */
export type ExportJob = { subject: string; format: string; folder: string };

const about = { subject: z.string(), format: z.string() };
const outcomeSchema = z.union([
  /** The largest difference from the numbers in check.json. */
  z.object({ ...about, runtime: z.string(), difference: z.number() }),
  z.object({ ...about, failure: z.string() }),
  /** Why there is no runtime. */
  z.object({ ...about, missing: z.string() }),
  /** The format has no counterpart of one of the network's layers. */
  z.object({ ...about, refused: z.literal(true) }),
]);
export type ExportOutcome = z.infer<typeof outcomeSchema>;

/**
 * Calls `onOutcome` with the result of each export. `make`: installs the runtimes from PyPI first. Throws
 * StudioError `peer-missing`, `peer-failed` or `peer-not-made`.
 */
export async function checkExportsWith(
  { venv, make, jobs }: { venv: string; make: boolean; jobs: readonly ExportJob[] },
  onOutcome: (outcome: ExportOutcome) => void,
): Promise<void> {
  if (make) makePeer(venv, PACKAGES);
  if (!fs.existsSync(python(venv))) {
    throw new StudioError({
      code: 'peer-missing',
      message: `There is no Python in ${venv}.`,
      remedy:
        'Add --make to install the runtimes there, or --venv FOLDER to name another virtual environment.',
    });
  }
  const child = spawn(python(venv), ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  endWithUs(child);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdin.end(JSON.stringify(jobs));
  for await (const line of createInterface(child.stdout)) onOutcome(outcomeSchema.parse(JSON.parse(line)));
  const status = await ended;
  if (status === 0) return;
  throw new StudioError({
    code: 'peer-failed',
    message: `The Python program ended with exit code ${status}.`,
    remedy: 'Its errors are printed above. Install the runtimes again with --make.',
  });
}
