/**
 * Pictures: from a file to pixels. Only a process that does nothing else imports this folder, so that
 * nothing in a picture can stop another; it stands on the contract and main/decoding.
 */
export { servePictures } from './serve.ts';
