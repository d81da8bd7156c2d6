/** Writes the README of an exported page, and an example that runs its networks in Node. */
import type { ExportSubject } from '../exporter.ts';
import { readmeOf } from '../readme.ts';

/** Markdown that says what the folder holds, how to open it, and how to run its networks elsewhere. */
export function pageReadme(subject: ExportSubject, { page }: { page: string }): string {
  return readmeOf(subject, {
    format: 'html',
    layout: 'NHWC',
    files: [
      {
        name: page,
        text: 'the page: the networks, their weights, what runs them and everything around them',
      },
      { name: 'example.mjs', text: 'the same networks run from Node; `node example.mjs`' },
    ],
    language: 'javascript',
    load: consoleLines(subject),
    notes: [
      `Open \`${page}\` with a double click, in a browser with WebAssembly: any of 2023 or newer. It works from the disk, ` +
        'without a server and without a network, and its policy forbids it to load or to send anything. Send the file to ' +
        'others as it is, or put it on a web server.',
      'The lines under “Load it” are for the page’s own console, which its developer tools open.',
      'The page contains TensorFlow.js (Apache License 2.0) and other free software; their licences are at the end of the page.',
    ],
  });
}

/** JavaScript expressions for the numbers of one row. */
const DRAWN: Record<ExportSubject['latent'][number]['distribution'], (size: number) => string> = {
  'normal': (size) => `Array.from({ length: ${size} }, normal)`,
  'uniform': (size) => `Array.from({ length: ${size} }, () => 2 * Math.random() - 1)`,
  'one-hot': (size) => `Array.from({ length: ${size} }, (_, index) => Number(index === 0))`,
};

/** Lines of JavaScript that draw a point and make its picture with the page's generator. */
function consoleLines({ networks: [generator], latent, classes }: ExportSubject): string[] {
  const rows = Object.entries(generator?.network.inputs ?? {}).map(([name, [size = 0]]) => {
    const part = latent.find((one) => one.name === name);
    const values = DRAWN[part?.distribution ?? 'one-hot'](size);
    return `  ${JSON.stringify(name)}: { shape: [1, ${size}], values: ${values} },`;
  });
  const isNormal = latent.some(({ distribution }) => distribution === 'normal');
  return [
    ...(isNormal
      ? [
          'const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());',
        ]
      : []),
    `const point = {${classes.length > 0 ? ' // of the first class' : ''}`,
    ...rows,
    '};',
    `const { image } = await ganModel.run(${JSON.stringify(generator?.name ?? '')}, point); // { shape, values }`,
  ];
}

/** Lines of JavaScript that load the networks in Node and run the first of them. */
export function exampleLines({ networks }: ExportSubject, { page }: { page: string }): string[] {
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
