/**
 * The 2-D lab: a session on points of the plane that is changed while it runs, and shown after every few
 * steps. It stands above training, and writes nothing to disk.
 */
export { createLab } from './handlers.ts';
export { Lab } from './lab.ts';
