/** The utility process that checks an export. */
import { serveCheck } from '#main/export-checks/index.ts';
import { servePort } from './serve-port.ts';

servePort(serveCheck);
