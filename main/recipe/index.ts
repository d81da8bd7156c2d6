/**
 * The recipe by which quality is measured, in training and on request: which samples, against which
 * pictures. It stands on metrics, datasets and explore, below training.
 */
export { Recipe } from './recipe.ts';
