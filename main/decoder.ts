/** The process that decodes pictures for the command line: a child of it, which ends when its parent does. */
import { servePictures } from './pictures/index.ts';

process.on('disconnect', () => process.exit(0));
servePictures({
  mostBytes: Number(process.argv[2]) || undefined,
  post: (message) => {
    process.send?.(message);
  },
  onMessage: (listener) => {
    process.on('message', listener);
  },
});
