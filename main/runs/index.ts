/** Runs on disk. */
export type { Checkpoint, Values } from './checkpoint-file.ts';
export { realDisk, type Disk } from './disk.ts';
export { diskFailure, writeWhole } from './files.ts';
export { listRuns } from './list.ts';
export { newRunFolder } from './name.ts';
export { sheetPng } from './picture.ts';
export { Run } from './run.ts';
