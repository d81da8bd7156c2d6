/** The format TensorFlow.js: a graph model for each network, for `tf.loadGraphModel`. */
import { checkFile } from '../check-file.ts';
import type { ExportedNetwork, Exporter, ExportSubject } from '../exporter.ts';
import { drawnInputs, oneLine, variableOf } from '../python-lines.ts';
import { outputShapes, readmeOf } from '../readme.ts';
import { frozenGraph } from './graph.ts';
import { graphModel } from './graph-json.ts';

/** Never throws: TensorFlow.js has every operation. */
export const tfjs: Exporter = {
  files: (subject) => ({
    ...Object.fromEntries(subject.networks.flatMap(modelFiles)),
    'about.json': about(subject),
    'README.md': readme(subject),
    'check.json': checkFile(subject, { layout: 'NHWC', fileOf: ({ name }) => `${name}.json` }),
    'example.mjs': example(subject),
  }),
};

function modelFiles({ name, network }: ExportedNetwork): [string, string | Uint8Array][] {
  const { model, weights } = graphModel(frozenGraph(network), `${name}.bin`);
  return [
    [`${name}.json`, JSON.stringify(model)],
    [`${name}.bin`, weights],
  ];
}

/** about.json: what a program needs to know of the model besides its files. */
function about({ name, step, gan, loss, latent, classes, image, uses, networks }: ExportSubject): string {
  const content = {
    name,
    steps: step,
    gan,
    loss,
    latent,
    classes,
    image,
    uses,
    networks: networks.map((one) => ({
      name: one.name,
      model: `${one.name}.json`,
      weights: `${one.name}.bin`,
      inputs: one.network.inputs,
      outputs: outputShapes(one),
    })),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function readme(subject: ExportSubject): string {
  return readmeOf(subject, {
    format: 'tfjs',
    layout: 'NHWC',
    files: [
      ...subject.networks.flatMap(({ name }) => [
        { name: `${name}.json`, text: `the ${name}, a graph model` },
        { name: `${name}.bin`, text: 'its weights' },
      ]),
      { name: 'about.json', text: 'sizes, classes and uses, for programs' },
      { name: 'example.mjs', text: 'draws four pictures in Node; `node example.mjs`' },
    ],
    language: 'javascript',
    install: 'npm install @tensorflow/tfjs',
    load: [
      "import * as tf from '@tensorflow/tfjs';",
      `const model = await tf.loadGraphModel(${JSON.stringify(`${generatorOf(subject)}.json`)});`,
      ...makeLines(subject),
      ...pixelLines(subject),
    ],
    notes: [
      'In a page, `loadGraphModel` takes the address of the JSON file, and a browser loads it over HTTP only. Node’s ' +
        'plain TensorFlow.js reads no files by itself: example.mjs shows how.',
      'A graph model can only be run. To train further, use another format.',
    ],
  });
}

const generatorOf = ({ networks: [generator] }: ExportSubject): string => generator?.name ?? '';

/** Lines of JavaScript that draw four rows of inputs and make four pictures of them, the tensor `images`. */
function makeLines(subject: ExportSubject): string[] {
  const { latent, classes, networks } = subject;
  const draw = {
    'normal': (size: number) => `tf.randomNormal([4, ${size}])`,
    'uniform': (size: number) => `tf.randomUniform([4, ${size}], -1, 1)`,
    'one-hot': (size: number) =>
      `tf.oneHot(tf.randomUniform([4], 0, ${size}, 'int32'), ${size}, 1, 0, 'float32')`,
  };
  const [first] = classes;
  const given = drawnInputs(subject).map(({ input, variable }) =>
    input === variable ? input : `${JSON.stringify(input)}: ${variable}`,
  );
  const [generator] = networks;
  const [output, ...others] = generator ? Object.keys(outputShapes(generator)) : [];
  const images = others.length === 0 ? 'images' : `{ ${JSON.stringify(output)}: images }`;
  return [
    ...latent.map(
      ({ name, size, distribution }) => `const ${variableOf(name)} = ${draw[distribution](size)};`,
    ),
    ...(first === undefined
      ? []
      : [
          `const kind = tf.oneHot([0, 0, 0, 0], ${classes.length}, 1, 0, 'float32'); // 0 is ${JSON.stringify(oneLine(first))}`,
        ]),
    `const ${images} = model.predict({ ${given.join(', ')} });`,
  ];
}

/** Lines of JavaScript that show the first picture in a page, or read the points. */
function pixelLines({ image: { channels } }: ExportSubject): string[] {
  if (channels === 2) return ['const points = await images.data(); // x and y of each, in [-1, 1]'];
  return [
    'const [first] = images.add(1).div(2).clipByValue(0, 1).unstack();',
    "await tf.browser.toPixels(first, document.querySelector('canvas'));",
  ];
}

function example(subject: ExportSubject): string {
  const name = generatorOf(subject);
  const lines = [
    "import { readFile } from 'node:fs/promises';",
    "import * as tf from '@tensorflow/tfjs';",
    '',
    'const read = (name) => readFile(new URL(name, import.meta.url));',
    `const { weightsManifest: [{ weights: weightSpecs }], ...rest } = JSON.parse(await read(${JSON.stringify(`${name}.json`)}));`,
    `const weightData = new Uint8Array(await read(${JSON.stringify(`${name}.bin`)})).buffer;`,
    'const model = await tf.loadGraphModel(tf.io.fromMemory({ ...rest, weightSpecs, weightData }));',
    ...makeLines(subject),
    "console.log('made', images.shape, 'with numbers from', images.min().dataSync()[0], 'to', images.max().dataSync()[0]);",
  ];
  return `${lines.join('\n')}\n`;
}
