/** The process that decodes pictures for the command line: a child of it, which ends when its parent does. */
import { servePictures } from './pictures/index.ts';

process.on('disconnect', () => process.exit(0));
servePictures({
  post: (message) => { process.send?.(message); },
  onMessage: (listener) => { process.on('message', listener); },
});
