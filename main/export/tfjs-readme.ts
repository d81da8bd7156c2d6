/** The README of an export to TensorFlow.js. */
import type { RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';
import type { ExportedPart } from './tfjs.ts';

/** Markdown that says what the folder holds and how to use it. */
export function tfjsReadme({
  config,
  step,
  image,
  model,
  parts,
}: {
  config: RunConfig;
  step: number;
  image: { size: number; channels: number };
  model: Model;
  parts: readonly ExportedPart[];
}): string {
  const others = parts
    .slice(1)
    .map((part) => `| ${part.names.model}, ${part.names.weights} | ${about(part, model)} |\n`);
  return `# ${config.name}: a generator made with GAN Studio

Trained for ${step} steps as ${config.gan.kind} with the ${config.loss.kind} loss.

| file | what it is |
|---|---|
| model.json, weights.bin | the generator, as a TensorFlow.js layers model |
${others.join('')}| generator.json | the sizes of its input and output${config.classes.length > 0 ? ', and the names of its classes, in order' : ''} |
| index.html, example.js | a page that runs it: new pictures, and a slider between two of them |
| tf.min.js | TensorFlow.js itself (Apache License 2.0), so that the page needs no network |
| check.json | for each model, two inputs and the outputs that GAN Studio computed, to compare with those of another runtime |

## Run the example

A browser loads models over HTTP only, so serve this folder and open the page that the server names:

    python3 -m http.server 8000

Then open port 8000 of this machine in a browser.

## Use it in your own code

${usage(config, { image, model })
  .map((line) => `    ${line}`)
  .join('\n')}

Weights of generators and encoders are moving averages over the training; all models run in inference mode.
`;
}

/** What a further network is for: "encoder: image -> z, for: Find the latent point of a picture". */
function about({ player, network }: ExportedPart, { uses }: Model): string {
  const list = (names: Record<string, unknown>) => Object.keys(names).join(', ');
  const purposes = uses.filter(({ networks }) => networks.includes(player)).map(({ label }) => label);
  return `the ${player}, a layers model too: ${list(network.inputs)} -> ${list(network.outputs)}; for: ${purposes.join('; ')}`;
}

/** Lines of JavaScript. */
function usage(
  { classes }: RunConfig,
  {
    image: { size, channels },
    model: { latent },
  }: { image: { size: number; channels: number }; model: Model },
): string[] {
  const draw = {
    'normal': (width: number) => `tf.randomNormal([1, ${width}])`,
    'uniform': (width: number) => `tf.randomUniform([1, ${width}], -1, 1)`,
    'one-hot': (width: number) => `tf.oneHot([0], ${width}).toFloat()`,
  };
  const [first] = classes;
  const kind =
    first === undefined
      ? []
      : [
          `const kind = tf.oneHot([0], ${classes.length}).toFloat(); // [batch, ${classes.length}]; 0 is ${JSON.stringify(first)}`,
        ];
  const inputs = [...latent.map(({ name }) => name), ...(first === undefined ? [] : ['kind'])];
  const made = `model.predict(${inputs.length === 1 ? inputs.join() : `[${inputs.join(', ')}]`})`;
  return [
    "const model = await tf.loadLayersModel('model.json');",
    ...latent.map(
      ({ name, size: width, distribution }) =>
        `const ${name} = ${draw[distribution](width)}; // [batch, ${width}]`,
    ),
    ...kind,
    ...(channels === 2
      ? [`const [x, y] = await ${made}.data(); // [batch, 1, 1, 2] in [-1, 1]`]
      : [
          `const image = ${made}; // [batch, ${size}, ${size}, ${channels}] in [-1, 1]`,
          'await tf.browser.toPixels(image.squeeze([0]).add(1).div(2).clipByValue(0, 1), canvas);',
        ]),
  ];
}
