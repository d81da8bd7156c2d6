/** The README of an export to TensorFlow.js. */
import type { RunConfig } from '../contract/index.ts';

/** Markdown that says what the folder holds and how to use it. */
export function tfjsReadme({
  config,
  step,
  image,
}: {
  config: RunConfig;
  step: number;
  image: { size: number; channels: number };
}): string {
  return `# ${config.name}: a generator made with GAN Studio

Trained for ${step} steps as ${config.gan.kind} with the ${config.loss.kind} loss.

| file | what it is |
|---|---|
| model.json, weights.bin | the generator, as a TensorFlow.js layers model |
| generator.json | the sizes of its input and output${config.classes.length > 0 ? ', and the names of its classes, in order' : ''} |
| index.html, example.js | a page that runs it: new images, and a slider between two of them |
| tf.min.js | TensorFlow.js itself (Apache License 2.0), so that the page needs no network |
| check.json | two points z and the images GAN Studio made of them, to check another runtime against |

## Run the example

A browser loads models over HTTP only, so serve this folder and open the page that the server names:

    python3 -m http.server 8000

Then open port 8000 of this machine in a browser.

## Use it in your own code

${usage(config, image)
  .map((line) => `    ${line}`)
  .join('\n')}

The model comes from the moving average of the generator's weights, in inference mode.
`;
}

/** Lines of JavaScript. */
function usage({ z, classes }: RunConfig, { size, channels }: { size: number; channels: number }): string[] {
  const draw =
    z.distribution === 'normal'
      ? `tf.randomNormal([1, ${z.size}])`
      : `tf.randomUniform([1, ${z.size}], -1, 1)`;
  const [first] = classes;
  const kind =
    first === undefined
      ? []
      : [
          `const kind = tf.oneHot([0], ${classes.length}).toFloat(); // [batch, ${classes.length}]; 0 is ${JSON.stringify(first)}`,
        ];
  const made = `model.predict(${first === undefined ? 'z' : '[z, kind]'})`;
  return [
    "const model = await tf.loadLayersModel('model.json');",
    `const z = ${draw}; // [batch, ${z.size}]`,
    ...kind,
    ...(channels === 2
      ? [`const [x, y] = await ${made}.data(); // [batch, 1, 1, 2] in [-1, 1]`]
      : [
          `const image = ${made}; // [batch, ${size}, ${size}, ${channels}] in [-1, 1]`,
          'await tf.browser.toPixels(image.squeeze([0]).add(1).div(2).clipByValue(0, 1), canvas);',
        ]),
  ];
}
