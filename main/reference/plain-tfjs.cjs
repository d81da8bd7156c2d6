// Loads the graph models of exported folders in TensorFlow.js without tfjs-node, and prints, as JSON, an array
// for each folder: for every output of every network, its shape, the range of the numbers in check.json, and the
// largest difference from these numbers, for the rows of check.json and for one more row.
// Run it as: node plain-tfjs.cjs FOLDER...
const fs = require('node:fs');
const path = require('node:path');
const tf = require('@tensorflow/tfjs');

async function main(folders) {
  await tf.setBackend('cpu');
  const answers = [];
  for (const folder of folders) answers.push(await answersOf(folder));
  console.log(JSON.stringify(answers));
}

async function answersOf(folder) {
  const read = (name) => fs.readFileSync(path.join(folder, name));
  const { layout, networks } = JSON.parse(read('check.json').toString());
  if (layout !== 'NHWC') throw new Error(`The layout is ${layout}, and TensorFlow.js needs NHWC.`);
  const answers = [];
  for (const { file, inputs, outputs } of networks) {
    const { weightsManifest, ...rest } = JSON.parse(read(file).toString());
    const [{ paths, weights: weightSpecs }] = weightsManifest;
    const weightData = new Uint8Array(Buffer.concat(paths.map(read))).buffer;
    const model = await tf.loadGraphModel(tf.io.fromMemory({ ...rest, weightSpecs, weightData }));
    const given = tensorsOf(inputs);
    const made = [given, oneRowMore(given)].map((rows) => model.execute(rows, Object.keys(outputs)));
    const [two, three] = made.map((tensors) => [tensors].flat());
    Object.values(outputs).forEach((known, index) => {
      const expected = tf.tensor(known.values, known.shape);
      const differences = [difference(two[index], expected), difference(three[index], longer(expected))];
      const range = Math.max(...known.values) - Math.min(...known.values);
      answers.push({ difference: Math.max(...differences), shape: two[index].shape, range });
    });
    model.dispose();
  }
  return answers;
}

function tensorsOf(known) {
  return Object.fromEntries(
    Object.entries(known).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
  );
}

/** The rows, followed by the first of them again. */
const longer = (tensor) => tf.concat([tensor, tf.slice(tensor, 0, 1)]);

const oneRowMore = (tensors) =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, longer(tensor)]));

function difference(tensor, expected) {
  tf.util.assertShapesMatch(tensor.shape, expected.shape);
  const numbers = expected.dataSync();
  return tensor.dataSync().reduce((most, value, index) => {
    const apart = Math.abs(value - numbers[index]);
    return apart <= most ? most : Number.isNaN(apart) ? Infinity : apart;
  }, 0);
}

void main(process.argv.slice(2));
