/**
 * Pictures: from a file to pixels. Only processes that do nothing else import this folder, so that a picture
 * that breaks a decoder harms nothing else. It imports the contract and main/decoding.
 */
export { servePictures } from './serve.ts';
