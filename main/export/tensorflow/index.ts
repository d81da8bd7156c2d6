/** The formats of TensorFlow and TensorFlow.js, which share their graphs. */
export { savedmodel } from './savedmodel.ts';
export { tfjs } from './tfjs.ts';
