/** The README of an exported page. */
import type { Shape } from '../../tensor.ts';
import { TOLERANCE } from '../../export-checks/index.ts';
import type { ExportedNetwork, ExportSubject } from '../exporter.ts';

/** Markdown that says what the folder holds, how to open it, and how to run its networks elsewhere. */
export function readmeOf(subject: ExportSubject, { page }: { page: string }): string {
  const { name, step, gan, loss, classes, networks, uses } = subject;
  return `# ${name}: a generator made with GAN Studio, as a web page

Trained for ${step} steps as ${gan} with the ${loss} loss.

| file | what it is |
|---|---|
| ${page} | the page: the networks, their weights, what runs them (TensorFlow.js) and everything around them |
| example.mjs | the same networks run from Node, without a browser |
| check.json | inputs, and the outputs that GAN Studio computed for them |

## Open it

Open ${page} with a double click, in any browser of 2023 or newer. It works from the disk, without a server and without a
network, and its policy forbids it to load or to send anything. Send the file to others as it is, or put it on any web server.

## Use its networks in your own code

    node example.mjs

${loadLines(subject, { page })
  .map((line) => `    ${line}`)
  .join('\n')}

## Networks

| network | takes | gives | for |
|---|---|---|---|
${networks.map((one) => rowOf(one, { uses, classes })).join('\n')}

Pictures are [rows, height, width, channels] with numbers in [-1, 1]: -1 is black. Any number of rows at a time.
${classes.length > 0 ? `\nThe classes, in order: ${classes.join(', ')}. \`class\` has a 1 in the place of the class, and 0 elsewhere.\n` : ''}
Weights of generators and encoders are moving averages over the training.

## check.json

\`networks\` has, for each network, \`inputs\` and \`outputs\` by name, with their \`shape\` and their \`values\` one after another. A program
that runs the page's networks should answer the same to within ${TOLERANCE}.

The page contains TensorFlow.js (Apache License 2.0) and other free software; their licences stand at the end of the file.
`;
}

/** Lines of JavaScript that load the networks and run the first of them. */
export function loadLines({ networks }: ExportSubject, { page }: { page: string }): string[] {
  const [first] = networks;
  return [
    "import fs from 'node:fs';",
    "import vm from 'node:vm';",
    `const html = fs.readFileSync(new URL(${JSON.stringify(encodeURIComponent(page))}, import.meta.url), 'utf8');`,
    'const part = (id) => html.match(new RegExp(`<script id="${id}"[^>]*>(.*?)</script>`, \'s\'))[1];',
    'const world = vm.createContext({ atob, performance, TextEncoder, TextDecoder, console });',
    "vm.runInContext(part('engine'), world);",
    "const given = { model: JSON.parse(part('model')), weights: part('weights'), wasm: part('wasm') };",
    'const model = await world.ganEngine.load(given);',
    "const { networks } = JSON.parse(fs.readFileSync(new URL('check.json', import.meta.url), 'utf8'));",
    `const answer = await model.run(${JSON.stringify(first?.name ?? '')}, networks[0].inputs); // { name: { shape, values } }`,
    'for (const [name, { shape }] of Object.entries(answer)) console.log(name, shape);',
  ];
}

function rowOf(
  { name, network, known }: ExportedNetwork,
  { uses }: Pick<ExportSubject, 'uses' | 'classes'>,
): string {
  const purposes = uses.filter(({ networks }) => networks.includes(name)).map(({ label }) => label);
  const outputs = Object.entries(known.outputs).map(
    ([output, { shape }]) => [output, shape.slice(1)] as const,
  );
  return `| ${name} | ${listed(Object.entries(network.inputs))} | ${listed(outputs)} | ${purposes.join('; ')} |`;
}

const listed = (shapes: readonly (readonly [string, Shape])[]): string =>
  shapes.map(([name, shape]) => `${name} [rows, ${shape.join(', ')}]`).join(', ');
