/**
 * Runs on disk: the folder of a run, its config, log, checkpoints and sample grids, and their older
 * versions. It needs no TensorFlow, and trusts no file: no link is followed out of the folder, and sizes are
 * bounded.
 */
export { checkpointBytes, encodeCheckpoint, type Checkpoint, type Values } from './checkpoint-file.ts';
export { configHash, isConfigHash } from './config-file.ts';
export { realDisk, type Disk } from './disk.ts';
export { diskFailure, requireNoFolder, writeAndSync, writeNamed, writeWhole } from './files.ts';
export { freeBytes } from './free-bytes.ts';
export { createRunHandlers, type RunHandlers } from './handlers.ts';
export { readHistory } from './history.ts';
export { holdRun } from './holder.ts';
export { requireInside } from './inside.ts';
export { listCheckpoints } from './list-checkpoints.ts';
export { listRun, listRuns, readRuns, runNames } from './list.ts';
export { freeFolder, newRunFolder, requireFreeName, safeName, withFreeName } from './name.ts';
export { sheetPng, sheetSize } from './picture.ts';
export { readEvents, scanEvents } from './read-events.ts';
export { Run } from './run.ts';
export { changingRun, refusalInRun } from './run-refusals.ts';
export {
  createRun,
  failureOfChange,
  keepData,
  likeOf,
  openNewData,
  openRunData,
  relinkRun,
} from './run-data.ts';
