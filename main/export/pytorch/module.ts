/** Writes one network as a PyTorch class, with its weights under the names that the class gives them. */
import type { Numbers, PortableNode } from '../../layers/index.ts';
import type { Shape } from '../../tensor.ts';
import type { ExportedNetwork } from '../exporter.ts';
import { batchShape, outputShapes } from '../readme.ts';
import { className, pythonNames } from './names.ts';
import { writeOperation } from './operations.ts';
import type { PieceName } from './pieces.ts';

export type Module = {
  /** The lines of the class. */
  lines: string[];
  state: Record<string, Numbers>;
  pieces: PieceName[];
};

/** A line of `forward`. */
type Line = { variable: string; value: string; shape: Shape };

/** The class of a network. `file`: the name of the file with its weights. */
export function moduleOf({ name, network }: ExportedNetwork, file: string): Module {
  const nodes = network.nodes.filter(({ operation }) => operation !== 'nothing');
  const python = pythonNames([...Object.keys(network.inputs), ...nodes.map((node) => node.name)]);
  const source = sources(network.nodes);
  const variables = variablesOf({ nodes, outputs: Object.values(network.outputs).map(source), source });
  const variable = (from: string): string => variables.get(source(from)) ?? python(source(from));
  const layers: string[] = [];
  const lines: Line[] = [];
  const module: Omit<Module, 'lines'> = { state: {}, pieces: [] };
  for (const node of nodes) {
    const own = python(node.name);
    const before = lines.at(-1);
    const isFolded =
      node.operation === 'activation' && before?.variable === 'x' && variable(node.inputs[0]) === 'x';
    const [first, ...others] = node.inputs;
    const { layer, state, value, piece } = writeOperation(node, {
      call: `self.${own}`,
      inputs: [isFolded ? before.value : variable(first), ...others.map(variable)],
    });
    if (layer !== undefined) layers.push(`self.${own} = ${layer}`);
    for (const [part, numbers] of Object.entries(state ?? {})) module.state[`${own}.${part}`] = numbers;
    if (piece) module.pieces.push(piece);
    if (isFolded) lines.pop();
    lines.push({ variable: variable(node.name), value, shape: node.shape });
  }
  const inputs = Object.keys(network.inputs).map(python);
  const outputs = Object.values(network.outputs).map(variable);
  const head = { name: className(name), signature: signature({ network }), file };
  return { ...module, lines: classLines(head, { layers, inputs, lines, outputs }) };
}

type ClassHead = { name: string; signature: string; file: string };
type ClassBody = { layers: string[]; inputs: string[]; lines: Line[]; outputs: string[] };

function classLines(
  { name, signature, file }: ClassHead,
  { layers, inputs, lines, outputs }: ClassBody,
): string[] {
  return [
    `class ${name}(nn.Module):`,
    `    """${signature}"""`,
    '',
    `    file = '${file}'`,
    '',
    '    def __init__(self):',
    '        super().__init__()',
    ...layers.map((line) => `        ${line}`),
    '',
    `    def forward(self, ${inputs.join(', ')}):`,
    ...forwardLines(lines).map((line) => `        ${line}`),
    `        return ${outputs.join(', ')}`,
  ];
}

/** Inputs and outputs with their shapes, such as "z [rows, 100] -> image [rows, 1, 28, 28]". */
export function signature({ network }: Pick<ExportedNetwork, 'network'>): string {
  const list = (all: Record<string, Shape>) =>
    Object.entries(all)
      .map(([name, shape]) => `${name} ${batchShape(shape, 'NCHW')}`)
      .join(', ');
  return `${list(network.inputs)} -> ${list(outputShapes({ network }))}`;
}

/** Resolves the name of a node that only passes on its input to the node where the value comes from. */
function sources(nodes: readonly PortableNode[]): (name: string) => string {
  const passed = new Map(
    nodes.filter(({ operation }) => operation === 'nothing').map(({ name, inputs: [from] }) => [name, from]),
  );
  const source = (name: string): string => {
    const from = passed.get(name);
    return from === undefined ? name : source(from);
  };
  return source;
}

/**
 * A node whose value is used only in the next line gets the variable `x`; the others keep names of their own.
 */
function variablesOf({
  nodes,
  outputs,
  source,
}: {
  nodes: readonly PortableNode[];
  outputs: readonly string[];
  source: (name: string) => string;
}): Map<string, string> {
  const takers = (name: string): number[] => [
    ...nodes.flatMap(({ inputs }, index) => (inputs.some((from) => source(from) === name) ? [index] : [])),
    ...outputs.flatMap((output) => (output === name ? [nodes.length] : [])),
  ];
  const inPassing = nodes.filter(({ name }, index) => takers(name).every((taker) => taker === index + 1));
  return new Map(inPassing.map(({ name }) => [name, 'x']));
}

/** The lines of `forward`, with a comment on the shape wherever it changes. */
function forwardLines(lines: readonly Line[]): string[] {
  return lines.map(({ variable, value, shape }, index) => {
    const before = lines[index - 1]?.shape.join();
    return `${variable} = ${value}${before === shape.join() ? '' : `  # ${batchShape(shape, 'NCHW')}`}`;
  });
}
