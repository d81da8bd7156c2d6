/** Checks exports for the command line, in child processes that run the bundle beside this one. */
import path from 'node:path';
import { checkChildren, checksIn } from '../export-checks/index.ts';
import { thisProgram } from './this-program.ts';

export const checkExport = checksIn((listener) =>
  checkChildren(path.join(path.dirname(thisProgram()), 'export-check.cjs'))(listener),
);
