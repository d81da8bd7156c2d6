/** Samples: their layout on a sheet, and points of the plane drawn as a picture. */
export { generatedLayout, sampleLayout, type SampleLayout } from './sample-layout.ts';
export { SCATTER_SIZE, pointsOf, scatterPicture, type Cloud } from './scatter.ts';
