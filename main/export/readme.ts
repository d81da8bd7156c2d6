/**
 * Writes the README.md of an export: files, code that loads them, shapes, ranges, classes, uses and the
 * check.
 */
import { EXPORT_FORMATS, type ExportFormat, type ExportLayout } from '../contract/index.ts';
import type { Shape } from '../tensor.ts';
import { TOLERANCE } from '../export-checks/index.ts';
import type { ExportedNetwork, ExportSubject } from './exporter.ts';

/** The parts of the README that differ between formats. */
export type ReadmeParts = {
  format: ExportFormat;
  /** The order of a picture's axes. */
  layout: ExportLayout;
  /** The files apart from README.md and check.json; `text` is one line of Markdown. */
  files: readonly { name: string; text: string }[];
  /** The language of `load`, as a fence of Markdown names it. */
  language: 'python' | 'javascript' | 'html' | 'sh';
  /** Lines of code that load the generator and make pictures. */
  load: readonly string[];
  /** What must be installed first, as a line for a shell. */
  install?: string;
  /** What the weights are. Default: whole networks with averaged weights, in inference mode. */
  weights?: string;
  /** What else to know about the format; paragraphs of Markdown. */
  notes?: readonly string[];
  /** What check.json holds. Default: inputs and outputs. */
  check?: string;
};

/** The whole README, in Markdown. */
export function readmeOf(subject: ExportSubject, parts: ReadmeParts): string {
  const { label } = EXPORT_FORMATS[parts.format];
  const sections = [
    `# ${plainText(subject.name)}, for ${label}`,
    `Made with GAN Studio: \`${subject.gan}\` with the \`${subject.loss}\` loss, trained for ${subject.step} steps.`,
    tableOf(
      ['file', 'what it is'],
      [...parts.files, CHECK_FILE].map(({ name, text }) => [`\`${name}\``, text]),
    ),
    '## Load it',
    ...(parts.install === undefined ? [] : [`\`\`\`sh\n${parts.install}\n\`\`\``]),
    `\`\`\`${parts.language}\n${parts.load.join('\n')}\n\`\`\``,
    '## Inputs and outputs',
    `All numbers are float32. Every network takes any number of rows at once. ${LAYOUTS[parts.layout]}`,
    inputsAndOutputs(subject, parts.layout),
    ...classesOf(subject),
    '## Uses',
    usesOf(subject),
    parts.weights ?? WEIGHTS,
    ...(parts.notes && parts.notes.length > 0 ? ['## Good to know', ...parts.notes] : []),
    '## Check it',
    parts.check ?? CHECK,
  ];
  return `${sections.join('\n\n')}\n`;
}

const CHECK_FILE = { name: 'check.json', text: 'known inputs, and the outputs that GAN Studio computed' };
const CHECK =
  `\`check.json\` holds, for each network, two rows of every input and the outputs that GAN Studio computed, as ` +
  `\`{ "shape": [...], "values": [...] }\`. What you load should give the same numbers, to ${TOLERANCE}.`;
const WEIGHTS =
  'The weights of generators and encoders are averages over the training. All networks run in inference mode: the ' +
  'same input gives the same output.';
const LAYOUTS: Record<ExportLayout, string> = {
  NCHW: 'Pictures have the channels in front: [rows, channels, height, width].',
  NHWC: 'Pictures have the channels last: [rows, height, width, channels].',
};

/** A row for every input and output of every network. */
function inputsAndOutputs(subject: ExportSubject, layout: ExportLayout): string {
  const rows = subject.networks.flatMap((one) => {
    const line = (direction: 'takes' | 'gives', [name, shape]: [string, Shape]) => [
      one.name,
      direction,
      `\`${name}\``,
      batchShape(shape, layout),
      rangeOf(subject, { name, shape, direction }),
    ];
    return [
      ...Object.entries(one.network.inputs).map((entry) => line('takes', entry)),
      ...Object.entries(outputShapes(one)).map((entry) => line('gives', entry)),
    ];
  });
  return tableOf(['network', 'takes or gives', 'name', 'shape', 'what the numbers are'], rows);
}

/** Shapes of the outputs by name, without the batch. */
export function outputShapes({ network }: Pick<ExportedNetwork, 'network'>): Record<string, Shape> {
  const shapes: Record<string, Shape> = {
    ...network.inputs,
    ...Object.fromEntries(network.nodes.map(({ name, shape }) => [name, shape])),
  };
  return Object.fromEntries(
    Object.entries(network.outputs).map(([output, from]) => [output, shapes[from] ?? []]),
  );
}

/** Such as "[rows, 3, 64, 64]". */
export function batchShape(shape: Shape, layout: ExportLayout, rows: number | 'rows' = 'rows'): string {
  const [height, width, channels] = shape;
  const turned = layout === 'NCHW' && shape.length === 3 ? [channels, height, width] : shape;
  return `[${[rows, ...turned].join(', ')}]`;
}

function rangeOf(
  { latent, classes, image }: ExportSubject,
  { name, shape, direction }: { name: string; shape: Shape; direction: 'takes' | 'gives' },
): string {
  const part = latent.find((one) => one.name === name);
  if (part) return `a point of the latent space${direction === 'takes' ? DRAWS[part.distribution] : ''}`;
  if (name === 'class')
    return `one-hot: a 1 at the number of the class, 0 elsewhere; ${classes.length} classes`;
  if (shape.length !== 3) return 'any';
  return image.channels === 2
    ? 'x and y of a point of the plane, in [-1, 1]'
    : `a picture, from -1 (black) to 1 (${image.channels === 1 ? 'white' : 'full colour; red, green, blue'})`;
}

const DRAWS: Record<ExportSubject['latent'][number]['distribution'], string> = {
  'normal': '; draw each number from the normal distribution (mean 0, deviation 1)',
  'uniform': '; draw each number evenly from [-1, 1]',
  'one-hot': ', one-hot: a 1 at one index that is drawn, 0 elsewhere',
};

function classesOf({ classes }: ExportSubject): string[] {
  if (classes.length === 0) return [];
  const list = classes.map((name, index) => `${index}. ${plainText(name)}`).join('\n');
  return ['## Classes', 'The numbers of the classes, from 0:', list];
}

/** A line for each use, with its chain of networks. */
function usesOf({ uses, networks }: ExportSubject): string {
  const lines = uses.map(({ label, networks: chain, gives }) => {
    const first = networks.find(({ name }) => name === chain[0]);
    const way = [namesOf(Object.keys(first?.network.inputs ?? {})), ...chain, namesOf(gives)];
    return `- ${label}: ${way.join(' → ')}`;
  });
  return lines.join('\n');
}

const namesOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A name that a person typed, as one line of Markdown: whatever would be markup or a link is escaped. */
export function plainText(name: string): string {
  return name.replace(/[\p{Control}\s]+/gu, ' ').replace(/[\\`*_{}[\]<>#|!&~]/g, '\\$&');
}
