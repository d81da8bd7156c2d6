/**
 * The trainer: answers the commands of the process that trains. It stands above training, inspect, lab,
 * quality, explore and export, and brings them together; only the trainer host imports it.
 */
export { createTrainer } from './handlers.ts';
