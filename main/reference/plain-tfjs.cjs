// Another runtime: loads the models of an exported folder in plain JavaScript TensorFlow.js and prints, as JSON,
// for each of them, the largest difference between its answers and those in check.json, their shape, and their
// range. `node plain-tfjs.cjs FOLDER`
const fs = require('node:fs');
const path = require('node:path');
const tf = require('@tensorflow/tfjs');

async function main([folder]) {
  const read = (name) => fs.readFileSync(path.join(folder, name));
  await tf.setBackend('cpu');
  const answers = [];
  for (const known of JSON.parse(read('check.json').toString()).models) {
    const { modelTopology, weightsManifest } = JSON.parse(read(known.model).toString());
    const weightData = new Uint8Array(read(known.weights)).buffer;
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    );
    const inputs = model.inputs.map(({ shape }, index) =>
      tf.reshape(tf.tensor2d(known.inputs[model.inputNames[index]]), [-1, ...shape.slice(1)]),
    );
    const predicted = [model.predict(inputs)].flat();
    const expected = Object.values(known.outputs);
    predicted.forEach((tensor, index) => answers.push(compared(tensor, expected[index].flat())));
  }
  console.log(JSON.stringify(answers));
}

function compared(tensor, expected) {
  const difference = tensor
    .dataSync()
    .reduce((most, value, index) => Math.max(most, Math.abs(value - expected[index])), 0);
  const [least, most] = expected.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return { difference, shape: tensor.shape, range: most - least };
}

void main(process.argv.slice(2));
