/** The utility process that decodes pictures. */
import { servePictures } from '#main/pictures/index.ts';
import { servePort } from './serve-port.ts';

servePort(servePictures);
