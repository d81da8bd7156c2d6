/**
 * Exploring a trained model: latent points, and what its networks make of them and of pictures. It uses
 * layers and datasets, and knows nothing of training.
 */
export { asPictures, encode, generate, generateImages, rebuild } from './generate.ts';
export { imageShapeOf, playerIn, useOf, type Model } from './model.ts';
export { fixedKey, pointOfSample, type SamplePoint } from './sample-points.ts';
export { newPictures, samplePictures } from './samples.ts';
export { drawPart, drawPoints, latentSpace, pointOfSeed, sizeOf, walk, type LatentSpace } from '../latent.ts';
export { partsOf } from './latent-tensors.ts';
