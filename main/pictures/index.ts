/**
 * Pictures: from a file to pixels. Only a process that does nothing else imports this room, so that nothing
 * in a picture can stop another.
 */
export { servePictures } from './serve.ts';
