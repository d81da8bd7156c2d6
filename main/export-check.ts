/** The process that checks an export for the command line: a child of it, which ends when its parent does. */
import { serveCheck } from './export-checks/index.ts';

process.on('disconnect', () => process.exit(0));
serveCheck({
  post: (message) => {
    process.send?.(message);
  },
  onMessage: (listener) => {
    process.on('message', listener);
  },
});
