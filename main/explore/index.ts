/** Exploring what a generator has learnt: points of the latent space and the pictures they become. */
export { generate, generateImages, sizesOf, type Generator } from './generate.ts';
export { samplePictures } from './samples.ts';
export { drawPoints, pointOfSeed, walk, type LatentSpace } from './latent.ts';
