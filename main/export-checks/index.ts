/** Running exports in their own runtimes, in processes of their own. Entering here loads no runtime. */
export { parseCheckFile, TOLERANCE, type CheckFile } from './check-file.ts';
export { checkChildren, checksIn, type CheckExport, type StartCheck } from './in-process.ts';
export { largestDifference, serveCheck } from './serve.ts';
