/** The recipe by which the quality of samples is measured, in training and on request. */
export { Recipe } from './recipe.ts';
