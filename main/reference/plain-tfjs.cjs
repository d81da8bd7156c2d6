// Another runtime: loads an exported folder in plain JavaScript TensorFlow.js and prints, as JSON, the
// largest
// difference between its images and those in check.json, the images' shape, and their range. `node
// plain-tfjs.cjs FOLDER`
const fs = require('node:fs');
const path = require('node:path');
const tf = require('@tensorflow/tfjs');

async function main([folder]) {
  const read = (name) => fs.readFileSync(path.join(folder, name));
  const { modelTopology, weightsManifest } = JSON.parse(read('model.json').toString());
  await tf.setBackend('cpu');
  const weightData = new Uint8Array(read('weights.bin')).buffer;
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
  const check = JSON.parse(read('check.json').toString());
  const z = tf.tensor2d(check.z);
  const inputs = check.classes
    ? [z, tf.oneHot(tf.tensor1d(check.classes, 'int32'), model.inputs[1].shape[1]).toFloat()]
    : z;
  const images = model.predict(inputs); // [count, size, size, channels]
  const expected = check.images.flat();
  const furthest = images
    .dataSync()
    .reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0);
  const [least, most] = expected.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  console.log(JSON.stringify({ difference: furthest, shape: images.shape, range: most - least }));
}

void main(process.argv.slice(2));
