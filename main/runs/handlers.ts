/** Answers the commands about runs on disk, in the library process, so that they never wait for a step. */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, type Handlers, type ImageBatch } from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { sheetLayouts } from './sheet-layout.ts';
import { writeWhole } from './files.ts';
import { requireInside } from './inside.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { readHistory } from './history.ts';
import { readRuns } from './list.ts';
import { requireFreeName } from './name.ts';
import { writeNote } from './note.ts';
import { damagedSheet, imagesOfSheet } from './picture.ts';
import { Run } from './run.ts';
import { relinkRun } from './run-data.ts';
import { changingRun } from './run-refusals.ts';

export type RunHandlers = Pick<
  Handlers<'library'>,
  | 'run.relink'
  | 'runs.list'
  | 'runs.history'
  | 'runs.samples'
  | 'runs.checkpoints'
  | 'runs.keep'
  | 'runs.rename'
  | 'runs.note'
  | 'export.file'
>;

/** The name under which this process holds a run. */
const PROGRAM = 'GAN Studio';

export function createRunHandlers({
  folders,
  decoders,
}: {
  folders: Folders;
  decoders: Decoders;
}): RunHandlers {
  return {
    'run.relink': async ({ folder, ...asked }) => ({
      dataset: await relinkRun(folder, { ...asked, folders, decoders, program: PROGRAM }),
    }),
    'runs.list': async () => readRuns(folders.runs),
    'runs.history': async ({ folder }) => readHistory(Run.open(folder).folder),
    'runs.samples': (asked) => samplesOf(asked, decoders),
    'runs.checkpoints': async ({ folder }) => listCheckpoints(Run.open(folder)),
    'runs.keep': async ({ folder, step, keep }) => {
      const run = Run.open(folder);
      changingRun(() => run.keepCheckpoint(step, keep));
      return listCheckpoints(run);
    },
    'runs.rename': async ({ folder, name }) => {
      const run = Run.open(folder);
      requireFreeName(name, { parent: folders.runs, folder });
      changingRun(() => run.change({ name }));
      return {};
    },
    'runs.note': async ({ folder, note }) => {
      const run = Run.open(folder);
      changingRun(() => writeNote(run.folder, note));
      return {};
    },
    'export.file': async ({ file, bytes }) => {
      writeWhole(file, bytes);
      return { file: path.resolve(file), bytes: bytes.length };
    },
  };
}

/** The images of a sample sheet on disk. */
async function samplesOf(
  { folder, step }: { folder: string; step: number },
  decoders: Decoders,
): Promise<ImageBatch> {
  const { config } = Run.open(folder);
  const file = path.join(folder, Run.samplesFile(step));
  requireInside(folder, file);
  if (!fs.existsSync(file)) throw noSamples(folder, step);
  const sheet = await decoders.pixels({ path: Buffer.from(file) });
  if ('reason' in sheet) throw damagedSheet();
  return imagesOfSheet(sheet, sheetLayouts(folder, config));
}

function noSamples(folder: string, step: number): StudioError {
  return new StudioError({
    code: 'no-samples',
    message: `The run ${folder} has no sample sheet of step ${step}.`,
    remedy: 'Choose another step: the sheet of this one may have been deleted.',
  });
}
