/** How good a trained model is, by every metric that there is, beside what gives the numbers a meaning. */
export { measureQuality, type Measured, type Quality, type Subject } from './measure-quality.ts';
export { likeliestCopies } from './likeliest-copies.ts';
