/** Builds the ONNX graph of one network, in which pictures are [rows, channels, height, width]. */
import type { Numbers, PortableNetwork } from '../../layers/index.ts';
import type { Shape } from '../../tensor.ts';
import type { ExportLayout } from '../../contract/index.ts';
import { outputShapes } from '../readme.ts';
import type { OnnxAttribute, OnnxConstant, OnnxModel, OnnxNode, OnnxValue } from './proto.ts';

type Attributes = OnnxNode['attributes'];

/** The graph that operations add their nodes to. A value is referred to by its name. */
export type Graph = {
  /** Adds a node with one output, and returns the output's name. */
  add(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds a constant, and returns its name. */
  constant(name: string, constant: OnnxConstant): string;
};

/** What an operation is written with. */
export type Site = {
  graph: Graph;
  /** The names of its inputs' values. */
  values: readonly [string, ...string[]];
};

export const int = (value: number): OnnxAttribute => ({ int: value });
export const float = (value: number): OnnxAttribute => ({ float: value });
export const text = (value: string): OnnxAttribute => ({ text: value });
export const ints = (...values: number[]): OnnxAttribute => ({ ints: values });

/** [rows, height, width, channels] -> [rows, channels, height, width] */
export const CHANNELS_FIRST = { perm: ints(0, 3, 1, 2) };
/** [rows, channels, height, width] -> [rows, height, width, channels] */
export const CHANNELS_LAST = { perm: ints(0, 2, 3, 1) };

export const isPicture = (shape: Shape): boolean => shape.length === 3;

/** A shape without the batch, with its axes in the graph's order: [channels, height, width] for pictures. */
export function sizesOf(shape: Shape): Shape {
  const [height = 1, width = 1, channels = 1] = shape;
  return isPicture(shape) ? [channels, height, width] : shape;
}

/** One number for each channel, shaped so that it broadcasts over a value of this shape. */
export function perChannel({ values }: Pick<Numbers, 'values'>, shape: Shape): Numbers {
  return { shape: isPicture(shape) ? [values.length, 1, 1] : [values.length], values };
}

/** Reshapes a value, `shape` without the batch: the 0 in front keeps the number of rows. */
export function reshaped(graph: Graph, value: string, shape: Shape): string {
  return graph.add('Reshape', [value, graph.constant('shape', { ints: [0, ...shape] })]);
}

/** Writes one operation into the graph, and returns the name of its result. */
type Write = (node: PortableNetwork['nodes'][number], site: Site) => string;

/** The network's graph, with pictures at its inputs and outputs in `layout`. */
export function graphOf(
  network: PortableNetwork,
  { layout, write }: { layout: ExportLayout; write: Write },
): Pick<OnnxModel, 'nodes' | 'constants' | 'inputs' | 'outputs'> {
  const nodes: OnnxNode[] = [];
  const constants: Record<string, OnnxConstant> = {};
  const values: Record<string, string> = {};
  const valueOf = (name: string): string => values[name] ?? name;
  const isTurned = (shape: Shape) => layout === 'NHWC' && isPicture(shape);
  for (const [name, shape] of Object.entries(network.inputs)) {
    if (isTurned(shape))
      values[name] = graphOfLayer(`input/${name}`, { nodes, constants }).add(
        'Transpose',
        [name],
        CHANNELS_FIRST,
      );
  }
  for (const node of network.nodes) {
    const graph = graphOfLayer(node.name, { nodes, constants });
    const [first, ...others] = node.inputs;
    values[node.name] = write(node, { graph, values: [valueOf(first), ...others.map(valueOf)] });
  }
  const shapes = outputShapes({ network });
  for (const [name, from] of Object.entries(network.outputs)) {
    const turn = isTurned(shapes[name] ?? []);
    nodes.push({
      name: `output/${name}`,
      type: turn ? 'Transpose' : 'Identity',
      inputs: [valueOf(from)],
      outputs: [name],
      attributes: turn ? CHANNELS_LAST : {},
    });
  }
  const described = (all: Record<string, Shape>): OnnxValue[] =>
    Object.entries(all).map(([name, shape]) => ({
      name,
      shape: ['batch', ...(layout === 'NCHW' ? sizesOf(shape) : shape)],
    }));
  return { nodes, constants, inputs: described(network.inputs), outputs: described(shapes) };
}

/** The names of nodes and constants begin with the layer's, so that a viewer shows where each comes from. */
function graphOfLayer(
  layer: string,
  { nodes, constants }: { nodes: OnnxNode[]; constants: Record<string, OnnxConstant> },
): Graph {
  const free = (name: string, taken: (name: string) => boolean): string => {
    let count = 1;
    let free = `${layer}/${name}`;
    while (taken(free)) free = `${layer}/${name}_${++count}`;
    return free;
  };
  return {
    add(type, inputs, attributes = {}) {
      const name = free(type, (one) => nodes.some((node) => node.name === one));
      nodes.push({ name, type, inputs, outputs: [name], attributes });
      return name;
    },
    constant(name, constant) {
      const unique = free(name, (one) => one in constants);
      constants[unique] = constant;
      return unique;
    },
  };
}
