/**
 * The trainer: what the process that trains answers. It stands above training, inspector, lab, explore and
 * export, and brings them together.
 */
export { createTrainer } from './handlers.ts';
