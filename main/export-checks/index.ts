/**
 * Export checks: an export is run in its own runtime, in a process of its own, and its numbers compared.
 * Entering here loads no runtime; only a check’s process may.
 */
export { parseCheckFile, TOLERANCE, type CheckFile } from './check-file.ts';
export { checkChildren, checksIn, type CheckExport, type StartCheck } from './in-process.ts';
export { largestDifference, serveCheck } from './serve.ts';
