/** Health: what a run's history says of how it does, in words, by written rules. */
export { HistoryKeeper, historyOf, type History, type Measured } from './history.ts';
