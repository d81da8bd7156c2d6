/**
 * The recipe by which quality is measured, in training and on request: which samples, against which pictures.
 * It imports metrics, datasets and explore; training imports it.
 */
export { Recipe } from './recipe.ts';
