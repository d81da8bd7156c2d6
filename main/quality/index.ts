/**
 * Quality: every metric of a trained model, beside the yardsticks: held-out pictures, an untrained generator
 * and noise. It imports training, recipe and metrics.
 */
export { measureQuality, type MeasuredRun, type Quality, type Subject } from './measure-quality.ts';
export { likeliestCopies } from './likeliest-copies.ts';
