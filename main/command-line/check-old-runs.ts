/**
 * `check-old-runs`: resumes the stored runs with this build and with that of another commit, on this machine,
 * and compares the losses bit for bit.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from '../bench/child.ts';
import { commandLineOf } from '../bench/other-build.ts';
import { StudioError } from '../contract/index.ts';
import { defaultFolders } from './default-folders.ts';
import { thisProgram } from './this-program.ts';

/** Steps in all: three more than the stored runs have. */
const STEPS = '9';

export type OldRunFigure = {
  run: string;
  losses: number;
  equal: boolean;
  first?: { here: string; there: string };
};
/** A stored run that one of the builds is too old to read. */
export type NewerRun = { run: string; newer: true };
/** Part of the message with which a build refuses a newer run. */
const TOO_NEW = 'was written by a newer GAN Studio';

/**
 * Prints a JSON line for each run, and returns whether all losses are equal. Throws StudioError
 * `no-such-build`, `no-old-runs` or `not-resumed`.
 */
export async function checkOldRunsCommand({
  against,
  runs,
}: {
  against: string;
  runs: string;
}): Promise<boolean> {
  if (!fs.existsSync(runs)) {
    throw new StudioError({
      code: 'no-old-runs',
      message: `There are no stored runs in ${runs}.`,
      remedy: 'Run this in the source folder, or name another folder with --runs.',
    });
  }
  const other = commandLineOf(against, defaultFolders().cache);
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-old-runs-'));
  let same = true;
  try {
    for (const run of fs.readdirSync(runs).sort()) {
      const resumedBy = (program: string, name: string) =>
        resumed(program, { run: path.join(runs, run), home: path.join(place, `${run}-${name}`) });
      const here = await resumedBy(thisProgram(), 'here');
      const there = await resumedBy(other, 'there');
      const figure: OldRunFigure | NewerRun =
        here && there ? compared(run, here, there) : { run, newer: true };
      if ('equal' in figure) same &&= figure.equal;
      process.stdout.write(`${JSON.stringify(figure)}\n`);
    }
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
  return same;
}

function compared(run: string, here: string[], there: string[]): OldRunFigure {
  const differs = here.findIndex((line, index) => line !== there[index]);
  const equal = here.length > 0 && here.length === there.length && differs === -1;
  return {
    run,
    losses: here.length,
    equal,
    ...(equal ? {} : { first: { here: here[differs] ?? '', there: there[differs] ?? '' } }),
  };
}

/**
 * The log lines with the losses of a resumed copy of the run; undefined if the program is older than the run.
 */
async function resumed(
  program: string,
  { run, home }: { run: string; home: string },
): Promise<string[] | undefined> {
  const copy = path.join(home, 'run');
  fs.cpSync(run, copy, { recursive: true });
  const words = [program, 'resume', '--run', copy, '--steps', STEPS, '--json'];
  const { status, stdout, stderr } = await runToEnd(process.execPath, words, { GAN_STUDIO_HOME: home });
  if (status !== 0 && stderr.includes(TOO_NEW)) return undefined;
  if (status !== 0)
    throw new StudioError({
      code: 'not-resumed',
      message: `${program} could not resume ${run} (exit code ${status}): ${stderr.slice(-500)}`,
      remedy: 'Fix that, then try again.',
    });
  return stdout.split('\n').filter((line) => line.includes('"type":"losses"'));
}
